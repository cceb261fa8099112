package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ParquetSinkTest {
    private static final MessageType SCHEMA =
            MessageTypeParser.parseMessageType("message comments { required int64 i; optional binary t (STRING); }");

    @TempDir
    Path folder;

    @Test
    void the_same_rows_give_the_same_bytes() throws Exception {
        Path first = folder.resolve("first.parquet");
        Path second = folder.resolve("second.parquet");
        write(first, 50_000, 40);
        write(second, 50_000, 40);
        assertThat(first).hasSameBinaryContentAs(second);
    }

    @Test
    void rows_and_bytes_are_counted() throws Exception {
        Path file = folder.resolve("new/folder/comments.parquet");
        ParquetSink.Written written = write(file, 1234, 10);
        assertThat(written).isEqualTo(new ParquetSink.Written(1234, Files.size(file)));
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.writing");
    }

    @Test
    void row_groups_stay_small_when_texts_are_long() throws Exception {
        Path file = folder.resolve("comments.parquet");
        write(file, 300, 1_000_000);
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            assertThat(oracle.rows("SELECT max(packed) < 40000000, count(*) > 3, sum(n) FROM (SELECT"
                            + " sum(total_compressed_size) AS packed, any_value(row_group_num_rows) AS n FROM"
                            + " parquet_metadata('" + file + "') GROUP BY row_group_id)"))
                    .containsExactly("true | true | 300");
        }
    }

    @Test
    void row_groups_stay_small_when_long_texts_follow_short_ones() throws Exception {
        Path file = folder.resolve("comments.parquet");
        Random random = new Random(3);
        try (ParquetSink sink = ParquetSink.create(file, SCHEMA)) {
            for (int i = 0; i < 20_000; i++) {
                sink.write(row(i, "short"));
            }
            for (int i = 0; i < 100; i++) {
                sink.write(row(i, text(random, 1_000_000)));
            }
            sink.finish();
        }
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            assertThat(oracle.rows("SELECT max(packed) < 40000000 FROM (SELECT sum(total_compressed_size) AS packed"
                            + " FROM parquet_metadata('" + file + "') GROUP BY row_group_id)"))
                    .containsExactly("true");
        }
    }

    @Test
    void a_sink_closed_early_leaves_what_was_there() throws Exception {
        Path file = folder.resolve("comments.parquet");
        write(file, 10, 10);
        byte[] before = Files.readAllBytes(file);
        try (ParquetSink sink = ParquetSink.create(file, SCHEMA)) {
            sink.write(row(1, "x"));
        }
        assertThat(file).hasBinaryContent(before);
        assertThat(folder).isDirectoryNotContaining("glob:**.writing");
    }

    @Test
    void a_full_disk_is_named_and_nothing_is_left_behind() throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full), "no device that is always full");
        Path file = folder.resolve("comments.parquet");
        Files.createSymbolicLink(folder.resolve("comments.parquet.writing"), full);
        assertThatThrownBy(() -> write(file, 200, 1_000_000))
                .isInstanceOfSatisfying(
                        TableException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNWRITABLE))
                .hasMessage(file + ": cannot be written: No space left on device");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_disk_that_fills_up_at_the_very_end_is_named_too() throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full), "no device that is always full");
        Path file = folder.resolve("comments.parquet");
        Files.createSymbolicLink(folder.resolve("comments.parquet.writing"), full);
        assertThatThrownBy(() -> write(file, 3, 3)).hasMessageContaining("No space left on device");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_folder_in_the_way_is_named() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "").resolve("comments.parquet");
        assertThatThrownBy(() -> ParquetSink.create(file, SCHEMA))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith(file + ": cannot be written: ");
    }

    @Test
    void an_interval_is_refused_because_its_type_would_be_lost() {
        MessageType schema =
                MessageTypeParser.parseMessageType("message m { required fixed_len_byte_array(12) pause (INTERVAL); }");
        assertThatThrownBy(() -> ParquetSink.create(folder.resolve("x.parquet"), schema))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("column \"pause\" is an INTERVAL");
        assertThat(folder).isEmptyDirectory();
    }

    private static ParquetSink.Written write(Path file, int rows, int textLength) {
        Random random = new Random(7);
        try (ParquetSink sink = ParquetSink.create(file, SCHEMA)) {
            for (int i = 0; i < rows; i++) {
                sink.write(row(i, text(random, textLength)));
            }
            return sink.finish();
        }
    }

    /** Letters that pack to half their size. */
    private static String text(Random random, int length) {
        byte[] text = new byte[length];
        random.nextBytes(text);
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + (text[i] & 15));
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static Group row(long i, String text) {
        return new SimpleGroup(SCHEMA).append("i", i).append("t", text);
    }
}
