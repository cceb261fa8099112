package io.trustpipeline.table;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads what DuckDB and others wrote, writes it again, and lets DuckDB compare the two files. */
class ParquetRoundTripTest {
    static final String EVERY_TYPE = """
            SELECT range AS i64, range::INT AS i32, (range % 120)::TINYINT AS i8, range::UBIGINT AS u64,
                range::USMALLINT AS u16, range % 2 = 0 AS truth, range / 7 AS d, (range / 7)::FLOAT AS f,
                'text ' || range AS t, CASE WHEN range % 3 = 0 THEN NULL ELSE repeat('é😀', (range % 5)::INT) END AS maybe,
                (range || '.25')::DECIMAL(9,2) AS dec9, (range || '.25')::DECIMAL(18,2) AS dec18,
                (range || '.25')::DECIMAL(38,2) AS dec38, DATE '1969-12-01' + range::INT AS day,
                TIMESTAMP '2025-01-01 00:00:00.123456' + INTERVAL (range) MINUTE AS ts,
                TIMESTAMPTZ '2025-01-01 00:00:00+02' + INTERVAL (range) MINUTE AS tstz,
                TIMESTAMP_NS '2025-01-01 00:00:00.123456789' AS ts_ns, TIME '10:11:12.5' AS clock,
                md5(range::VARCHAR)::UUID AS id, encode('b' || range) AS bytes,
                {'a': range, 'b': ['x', NULL, range::VARCHAR]} AS nested, [range, NULL, 3] AS list,
                CASE WHEN range % 4 = 0 THEN NULL ELSE MAP {'k' || range: range} END AS map,
                '{"j": 1}'::JSON AS json, 'low'::ENUM ('low', 'high') AS level, NULL::VARCHAR AS never
            FROM range(5000)""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMPRESSION snappy, ROW_GROUP_SIZE 2048",
                "COMPRESSION zstd, ROW_GROUP_SIZE 100000",
                "COMPRESSION gzip, PARQUET_VERSION V2",
                "COMPRESSION uncompressed, PARQUET_VERSION V2, ROW_GROUP_SIZE 2048",
                "COMPRESSION lz4_raw"
            })
    void every_type_of_every_codec_comes_through_unchanged_and_in_order(String options) throws Exception {
        Path original = folder.resolve("original.parquet");
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            oracle.execute("COPY (" + EVERY_TYPE + ") TO '" + original + "' (FORMAT parquet, " + options + ")");
            assertCopiesFaithfully(oracle, original, 5000);
        }
    }

    @Test
    void a_million_rows_come_through_unchanged_and_in_order() throws Exception {
        Path original = folder.resolve("original.parquet");
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            oracle.execute("COPY (SELECT hash(range) AS k, CASE WHEN range % 10 = 0 THEN NULL ELSE md5(range::VARCHAR)"
                    + " END AS t FROM range(1000000)) TO '" + original + "' (FORMAT parquet)");
            assertCopiesFaithfully(oracle, original, 1_000_000);
        }
    }

    @Test
    void columns_with_hostile_names_come_through() throws Exception {
        Path original = folder.resolve("it's [run_date=2025-01-01] *?.parquet");
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            oracle.execute("COPY (SELECT 1 AS \"a.b\", {'c': 2} AS a, 3 AS \"say \"\"hi\"\"\", 4 AS \"two words\","
                    + " 5 AS \"größe 😀\", 6 AS \"it's\", 7 AS \"1\", 8 AS \";--\") TO "
                    + DuckDb.literal(original.toString()) + " (FORMAT parquet)");
            assertCopiesFaithfully(oracle, original, 1);
        }
    }

    @Test
    void a_table_without_rows_keeps_its_columns() throws Exception {
        Path original = folder.resolve("original.parquet");
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            oracle.execute("COPY (" + EVERY_TYPE + " LIMIT 0) TO '" + original + "' (FORMAT parquet)");
            assertCopiesFaithfully(oracle, original, 0);
        }
    }

    @Test
    void files_of_other_writers_come_through() throws Exception {
        Path fixtures = Fixtures.folder().resolve("features");
        try (Stream<Path> files = Files.list(fixtures);
                DuckDbOracle oracle = new DuckDbOracle(folder)) {
            for (Path original : files.filter(f -> f.getFileName().toString().startsWith("tlc"))
                    .toList()) {
                assertCopiesFaithfully(
                        oracle,
                        original,
                        Long.parseLong(oracle.rows("SELECT count(*) FROM " + DuckDbOracle.parquet(original))
                                .get(0)));
            }
        }
    }

    private void assertCopiesFaithfully(DuckDbOracle oracle, Path original, long rowCount) throws Exception {
        Path copy = folder.resolve("copy.parquet");
        long next = 0;
        try (ParquetRows rows = ParquetRows.open(original, 1000);
                ParquetSink sink = ParquetSink.create(copy, rows.schema())) {
            assertThat(rows.rowCount()).isEqualTo(rowCount);
            for (RecordBatch batch : rows) {
                assertThat(batch.firstRow()).isEqualTo(next);
                assertThat(batch.rows()).hasSizeLessThanOrEqualTo(1000);
                for (Group row : batch.rows()) {
                    Group written = new SimpleGroup(rows.schema());
                    Groups.copy(row, written);
                    sink.write(written);
                }
                next += batch.rows().size();
            }
            assertThat(sink.finish().rows()).isEqualTo(rowCount);
        }
        assertThat(next).isEqualTo(rowCount);
        assertThat(oracle.columns(copy)).isEqualTo(oracle.columns(original));
        assertThat(oracle.differences(original, copy)).isZero();
    }
}
