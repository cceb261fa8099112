package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files of comments behind the query that we ship. */
class SourceTablesTest {
    private static final String HEADER = "comment_unique_key,up_id,posted_date,cleaned_comment\n";

    @TempDir
    Path folder;

    Path database;
    Path source;

    @BeforeEach
    void name() {
        database = folder.resolve("home/source.duckdb");
        source = folder.resolve("comments.csv");
    }

    @Test
    void a_csv_file_is_exported_newest_first_with_keys_as_they_are() throws Exception {
        Files.writeString(
                source,
                HEADER
                        + "007,9001,2025-01-02,\"kind, \"\"very\"\" kind\nstaff\"\n"
                        + "b,9001,2025-03-01,latest\n"
                        + "a,9001,2025-03-01 23:59:00,latest too\n"
                        + "c,9001,,undated\n"
                        + "d,9001,2025-02-01,\n"
                        + "e,9002,2025-02-01,another client's\n"
                        + "f,,2025-02-01,nobody's\n");
        assertThat(export("comment_unique_key, posted_date, cleaned_comment"))
                .containsExactly(
                        "a | 2025-03-01 | latest too",
                        "b | 2025-03-01 | latest",
                        "007 | 2025-01-02 | kind, \"very\" kind\nstaff",
                        "c | null | undated");
    }

    @Test
    void a_key_that_stands_twice_is_exported_twice_each_with_its_own_text_and_date() throws Exception {
        Files.writeString(
                source,
                HEADER
                        + "k,9001,2025-01-01,first\n"
                        + "other,9001,2025-01-05,other\n"
                        + "k,9001,2025-01-09,second\n"
                        + "same,9001,2025-01-02,same\n"
                        + "same,9001,2025-01-02,same\n"
                        + "k,9002,2025-01-03,of another client\n"
                        + "odd\u001F2,9001,2025-01-01,odd\n");
        assertThat(export("posted_date, comment_unique_key, cleaned_comment"))
                .containsExactly(
                        "2025-01-09 | k | second",
                        "2025-01-05 | other | other",
                        "2025-01-02 | same | same",
                        "2025-01-02 | same | same",
                        "2025-01-01 | k | first",
                        "2025-01-01 | odd\u001F2 | odd");
    }

    @Test
    void an_integer_key_stays_an_integer_even_if_it_stands_twice() throws Exception {
        source = folder.resolve("comments.parquet");
        for (String keys : List.of("range", "range // 2")) {
            write("SELECT " + keys + " AS comment_unique_key, 9001 AS up_id, DATE '2025-01-01' AS posted_date,"
                    + " 'text ' || range AS cleaned_comment FROM range(4)");
            export("comment_unique_key");
            try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
                assertThat(oracle.rows(
                                "SELECT any_value(typeof(comment_unique_key)), count(*), sum(comment_unique_key),"
                                        + " count(DISTINCT cleaned_comment) FROM " + DuckDbOracle.parquet(exported())))
                        .containsExactly("BIGINT | 4 | " + (keys.equals("range") ? 6 : 2) + " | 4");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "range::VARCHAR AS comment_unique_key, 9001::SMALLINT AS up_id, DATE '2025-01-01' AS posted_date",
                "range::UBIGINT AS comment_unique_key, 9001::DOUBLE AS up_id, TIMESTAMP '2025-01-01 23:00:00' AS posted_date",
                "range::INT AS comment_unique_key, '9001' AS up_id, '2025-01-01' AS posted_date",
                "range AS COMMENT_UNIQUE_KEY, 9001::DECIMAL(9,2) AS Up_Id, TIMESTAMPTZ '2025-01-01 23:00:00Z' AS \"POSTED_DATE\"",
                "range::VARCHAR AS comment_unique_key, 9001 AS up_id, TIMESTAMP_NS '2025-01-01 23:00:00' AS posted_date, [1] AS tags",
            })
    void columns_may_have_any_type_that_holds_the_same_values(String columns) throws Exception {
        source = folder.resolve("run_date=2025-01-01 it's [1].parquet");
        write("SELECT 'text ' || range AS cleaned_comment, " + columns + " FROM range(3)");
        assertThat(export("posted_date, comment_unique_key, cleaned_comment"))
                .containsExactlyInAnyOrder(
                        "2025-01-01 | 0 | text 0", "2025-01-01 | 1 | text 1", "2025-01-01 | 2 | text 2");
    }

    @Test
    void all_tables_of_a_folder_are_one_source() throws Exception {
        source = Files.createDirectory(folder.resolve("comments"));
        Files.writeString(source.resolve("b.csv"), HEADER + "2,9001,2025-01-02,two\n1,9001,2025-01-03,again\n");
        Files.writeString(source.resolve("readme.txt"), "not a table");
        Path parquet = source.resolve("a.pq");
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            oracle.execute("COPY (SELECT 'one' AS cleaned_comment, 1 AS comment_unique_key, 9001 AS up_id,"
                    + " DATE '2025-01-01' AS posted_date) TO '" + parquet + "' (FORMAT parquet)");
        }
        assertThat(export("comment_unique_key, cleaned_comment")).containsExactly("1 | again", "2 | two", "1 | one");
    }

    @Test
    void the_row_limit_keeps_the_newest() throws Exception {
        source = folder.resolve("comments.parquet");
        write(
                "SELECT range::VARCHAR AS comment_unique_key, 9001 AS up_id, DATE '2025-01-01' + range::INT AS posted_date,"
                        + " 'x' AS cleaned_comment FROM range(20000)");
        assertThat(export("min(posted_date), count(*)"))
                .containsExactly(LocalDate.of(2025, 1, 1).plusDays(10_000) + " | 10000");
    }

    @Test
    void a_source_that_has_not_changed_is_not_loaded_again_and_a_changed_one_is() throws Exception {
        Files.writeString(source, HEADER + "1,9001,2025-01-01,one\n");
        Files.setLastModifiedTime(source, FileTime.from(Instant.ofEpochSecond(1_000_000_000)));
        export("cleaned_comment");
        FileTime loaded = Files.getLastModifiedTime(database);
        Files.setLastModifiedTime(database, FileTime.fromMillis(5_000));
        assertThat(export("cleaned_comment")).containsExactly("one");
        assertThat(Files.getLastModifiedTime(database))
                .isEqualTo(FileTime.fromMillis(5_000))
                .isNotEqualTo(loaded);
        Files.writeString(source, HEADER + "1,9001,2025-01-01,uno\n");
        assertThat(export("cleaned_comment")).containsExactly("uno");
    }

    @Test
    void a_source_that_is_refused_leaves_the_former_content() throws Exception {
        Files.writeString(source, HEADER + "1,9001,2025-01-01,one\n");
        export("cleaned_comment");
        Files.writeString(source, HEADER + "1,9001,never,two\n");
        assertThatThrownBy(() -> export("cleaned_comment")).isInstanceOf(PipelineException.class);
        try (DuckDb duckDb = DuckDb.openReadOnly(database, limits());
                java.sql.Statement statement = duckDb.connection().createStatement();
                java.sql.ResultSet rows =
                        statement.executeQuery("SELECT cleaned_comment FROM legacy.all_cleaned_comments")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("one");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,9001,2025-13-02,x|line 2: column posted_date holds \"2025-13-02\"; wanted: a date as YYYY-MM-DD",
                "1,9001,2025-01-02,\"a\\nb\"\\n2,9001,02/01/2025,x|line 4: column posted_date holds \"02/01/2025\"",
                "1,9001,infinity,x|line 2: column posted_date holds \"infinity\"",
                "1,9001,2025-1-3,x|line 2: column posted_date holds \"2025-1-3\"",
                "1,seven,2025-01-02,x|line 2: column up_id holds \"seven\"; wanted: an integer",
                "1,7.6,2025-01-02,x|line 2: column up_id holds \"7.6\"",
                "1,0x10,2025-01-02,x|line 2: column up_id holds \"0x10\"",
                "1,9001,2025-01-02,x\\n\\n,9001,2025-01-02,x|line 4: column comment_unique_key holds nothing; wanted: every row needs a key",
                "\"\",9001,2025-01-02,x|line 2: column comment_unique_key holds \"\"",
                "1,9001,2025-01-02|line 2: 3 fields where the header has 4",
            })
    void a_bad_value_is_named_with_its_line(String rows, String reason) throws Exception {
        Files.writeString(source, HEADER + rows.replace("\\n", "\n") + "\n");
        assertThatThrownBy(() -> export("*"))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_REFUSED))
                .hasMessageContaining(source.getFileName().toString())
                .hasMessageContaining(reason);
    }

    @Test
    void missing_columns_of_all_files_are_named_together_with_what_is_there() throws Exception {
        source = Files.createDirectory(folder.resolve("comments"));
        Files.writeString(source.resolve("a.csv"), "comment_unique_key,text\n1,x\n");
        Files.writeString(source.resolve("b.csv"), "comment_unique_key,up_id,posted_date\n1,2,x\n");
        assertThatThrownBy(() -> export("*"))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_REFUSED))
                .hasMessage(source.resolve("a.csv")
                        + ": missing up_id, posted_date, cleaned_comment; it has comment_unique_key, text; "
                        + source.resolve("b.csv")
                        + ": missing cleaned_comment; it has comment_unique_key, up_id, posted_date");
    }

    @Test
    void wrong_types_are_named_with_what_is_wanted() throws Exception {
        source = folder.resolve("comments.parquet");
        write("SELECT DATE '2025-01-01' AS comment_unique_key, true AS up_id, 5 AS posted_date, 7 AS cleaned_comment");
        assertThatThrownBy(() -> export("*"))
                .isInstanceOf(PipelineException.class)
                .hasMessage(source + ": column comment_unique_key is DATE and must be text or an integer;"
                        + " column up_id is BOOLEAN and must be an integer; column posted_date is INTEGER and must be a date;"
                        + " column cleaned_comment is INTEGER and must be text");
    }

    @Test
    void an_up_id_with_a_fraction_is_refused() throws Exception {
        source = folder.resolve("comments.parquet");
        write("SELECT 'k' AS comment_unique_key, unnest([1.0, NULL, 2.5]::DOUBLE[]) AS up_id, DATE '2025-01-01' AS"
                + " posted_date, 'x' AS cleaned_comment");
        assertThatThrownBy(() -> export("*"))
                .hasMessageContaining("row 3: column up_id holds \"2.5\"; wanted: an integer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.csv", "comments.txt", "empty"})
    void a_source_without_tables_is_a_matter_of_configuration(String name) throws Exception {
        Files.writeString(folder.resolve("comments.txt"), "x");
        Files.createDirectory(folder.resolve("empty"));
        source = folder.resolve(name);
        assertThatThrownBy(() -> export("*"))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageStartingWith("warehouse " + source + ": ");
    }

    @Test
    void unreadable_parquet_is_refused() throws Exception {
        source = Files.writeString(folder.resolve("comments.parquet"), "PAR1 and no more");
        assertThatThrownBy(() -> export("*"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(source.toString());
    }

    @Test
    void a_database_that_cannot_be_opened_is_unavailable() throws Exception {
        Files.writeString(source, HEADER + "1,9001,2025-01-01,one\n");
        Files.createDirectories(database.getParent());
        Files.writeString(database, "not a database, but long enough ".repeat(500));
        assertThatThrownBy(() -> export("*"))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageStartingWith(database + ": DuckDB cannot open it");
    }

    /** On a full disk, say. */
    @ParameterizedTest
    @ValueSource(ints = {0, 512, 4096, 12287})
    void a_database_whose_creation_was_cut_off_is_created_anew(int bytes) throws Exception {
        Files.writeString(source, HEADER + "1,9001,2025-01-01,one\n");
        export("*");
        byte[] whole = Files.readAllBytes(database);
        Files.write(database, Arrays.copyOf(whole, bytes));
        assertThat(export("cleaned_comment")).containsExactly("one");
    }

    private List<String> export(String columns) throws Exception {
        SourceTables.load(source, database, limits());
        Warehouse warehouse =
                Warehouse.of(WarehouseSettings.standard(DuckDb.url(database), Optional.empty(), limits()));
        SqlTemplate shipped =
                SqlTemplate.read(Path.of(System.getProperty("project.dir", "."), "sql", "trust_source.sql"));
        warehouse.export(
                shipped,
                new QueryValues(LocalDate.of(2026, 2, 3), 9001, 10_000),
                new ExportTarget(exported().getParent(), "s3://bucket/raw/batch_"));
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            return oracle.rows("SELECT " + columns + " FROM " + DuckDbOracle.parquet(exported()));
        }
    }

    private Path exported() {
        return folder.resolve("raw/batch_000.parquet");
    }

    private void write(String query) throws Exception {
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            oracle.execute("COPY (" + query + ") TO " + DuckDb.literal(source.toString()) + " (FORMAT parquet)");
        }
    }

    private DuckDb.Limits limits() {
        return DuckDb.Limits.standard(folder);
    }
}
