package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ParquetRowsTest {
    @TempDir
    Path folder;

    Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("comments.parquet");
    }

    @Test
    void memory_does_not_grow_with_the_row_group() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message comments { required int64 i; required binary t (STRING); }");
        try (ParquetSink sink = ParquetSink.create(file, schema)) {
            for (int i = 0; i < 60_000; i++) {
                String text = Integer.toString(i).repeat(2000);
                sink.write(new SimpleGroup(schema).append("i", (long) i).append("t", text));
            }
            sink.finish();
        }
        try (ParquetRows rows = ParquetRows.open(file, 1024)) {
            assertThat(rows.needsSmallerPages()).isFalse();
            long before = liveBytes();
            Iterator<RecordBatch> batches = rows.iterator();
            long next = 0;
            int batch = 0;
            while (batches.hasNext()) {
                for (Group row : batches.next().rows()) {
                    assertThat(row.getLong("i", 0)).isEqualTo(next++);
                }
                if (++batch % 20 == 0) {
                    assertThat(liveBytes() - before).isLessThan(16 << 20);
                }
            }
            assertThat(next).isEqualTo(60_000);
        }
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            assertThat(oracle.rows("SELECT count(*), max(row_group_bytes) > 500000000 FROM parquet_metadata('" + file
                            + "') WHERE column_id = 1"))
                    .containsExactly("1 | true");
        }
    }

    @Test
    void batches_are_cut_short_where_texts_are_long() throws Exception {
        write("SELECT range AS i, repeat(chr(97 + (range % 26)::INT), 1000000) AS t FROM range(60)", "");
        long read = 0;
        try (ParquetRows rows = ParquetRows.open(file, 1024)) {
            for (RecordBatch batch : rows) {
                assertThat(batch.rows()).hasSizeLessThan(20);
                assertThat(batch.rows().get(0).getString("t", 0)).hasSize(1_000_000);
                read += batch.rows().size();
            }
        }
        assertThat(read).isEqualTo(60);
    }

    @Test
    void every_iterator_starts_at_the_first_row() throws Exception {
        write("SELECT range AS i FROM range(10)", "");
        try (ParquetRows rows = ParquetRows.open(file, 4)) {
            Iterator<RecordBatch> first = rows.iterator();
            first.next();
            assertThat(rows.iterator().next().firstRow()).isZero();
            assertThat(first.next().firstRow()).isEqualTo(4);
        }
    }

    @Test
    void a_missing_file_is_named() {
        assertUnreadable("no such file");
    }

    @Test
    void a_folder_is_not_a_table() throws Exception {
        Files.createDirectory(file);
        assertUnreadable("not readable as Parquet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "PAR1", "comment_unique_key,cleaned_comment\n1,thank you\n", "PAR1 but nothing else PAR1"})
    void something_else_is_not_parquet(String content) throws Exception {
        Files.writeString(file, content);
        assertUnreadable("not readable as Parquet");
    }

    @Test
    void a_file_cut_short_anywhere_is_refused() throws Exception {
        write("SELECT range AS i, 'text ' || range AS t FROM range(3000)", "ROW_GROUP_SIZE 2048");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 1; length < whole.length; length += whole.length / 40) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertUnreadable("not readable as Parquet");
        }
    }

    @Test
    void the_truncated_fixture_is_refused() {
        file = Fixtures.folder().resolve("features/negative_truncated_yellow_tripdata_2024-01.parquet");
        assertUnreadable("does not end with PAR1, so it was cut short");
    }

    @Test
    void an_unsupported_codec_is_named() throws Exception {
        write("SELECT 'a' AS t", "COMPRESSION brotli");
        assertThatThrownBy(this::readAll).isInstanceOf(TableException.class).hasMessageContaining("BROTLI");
    }

    /** Bytes from outside may be anything; what must not happen is another exception, or a wait without end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMPRESSION snappy",
                "COMPRESSION zstd, PARQUET_VERSION V2",
                "COMPRESSION gzip",
                "COMPRESSION uncompressed, PARQUET_VERSION V2",
                "COMPRESSION lz4_raw"
            })
    void a_file_with_changed_bytes_is_read_or_refused(String options) throws Exception {
        write(
                "SELECT range AS i, 'text ' || (range % 50) AS t, range / 3 AS d, [range, NULL] AS l,"
                        + " DATE '2025-01-01' + range::INT AS day FROM range(3000)",
                options);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(20250926);
        int refused = 0;
        for (int attempt = 0; attempt < 250; attempt++) {
            byte[] damaged = whole.clone();
            for (int change = 0; change <= attempt % 3; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            try {
                readAll();
            } catch (TableException e) {
                assertThat(e).hasMessageStartingWith(file + ": ");
                assertThat(e.getMessage().lines()).hasSize(1);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(20);
    }

    @Test
    void a_changed_byte_in_a_file_of_ours_is_found_by_its_checksum() throws Exception {
        MessageType schema =
                MessageTypeParser.parseMessageType("message m { required int64 i; optional binary t (STRING); }");
        Random random = new Random(1);
        try (ParquetSink sink = ParquetSink.create(file, schema)) {
            for (int i = 0; i < 3000; i++) {
                sink.write(
                        new SimpleGroup(schema).append("i", random.nextLong()).append("t", "text " + random.nextInt()));
            }
            sink.finish();
        }
        byte[] whole = Files.readAllBytes(file);
        String rows = rows();
        int refused = 0;
        for (int attempt = 0; attempt < 200; attempt++) {
            byte[] damaged = whole.clone();
            damaged[4 + random.nextInt(damaged.length - 5000)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            try {
                // What may change unnoticed is what is not read: statistics and indexes.
                assertThat(rows()).isEqualTo(rows);
            } catch (TableException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(150);
    }

    private String rows() {
        StringBuilder text = new StringBuilder();
        try (ParquetRows rows = ParquetRows.open(file, 1000)) {
            rows.forEach(batch -> batch.rows().forEach(text::append));
        }
        return text.toString();
    }

    private long readAll() {
        try (ParquetRows rows = ParquetRows.open(file, 1000)) {
            long count = 0;
            for (RecordBatch batch : rows) {
                count += batch.rows().size();
            }
            return count;
        }
    }

    private void assertUnreadable(String reason) {
        assertThatThrownBy(() -> ParquetRows.open(file, 10))
                .isInstanceOfSatisfying(
                        TableException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE))
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(reason);
    }

    private void write(String query, String options) throws Exception {
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            oracle.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet"
                    + (options.isEmpty() ? "" : ", " + options) + ")");
        }
    }

    private static long liveBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
