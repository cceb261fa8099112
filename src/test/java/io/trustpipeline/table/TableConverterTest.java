package io.trustpipeline.table;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableConverterTest {
    /** Texts that tables have lost before. */
    private static final List<String> TEXTS = List.of(
            "a\u0000b",
            "😀 👍🏽 é e\u0301",
            "line\r\nline\nline\rline",
            "\"quoted\", 'and' \\u0041 \\ / \t",
            " blanks ",
            "NULL",
            "2025-01-02",
            "007",
            "\u2028\uFEFF\u200B\u001F\u007F",
            ",;|",
            "#x",
            "{\"a\":1}",
            "=1+1",
            "x".repeat(1_000_000));

    @TempDir
    Path folder;

    TableConverter converter;
    Path parquet;

    @BeforeEach
    void limits() {
        converter = new TableConverter(DuckDb.Limits.standard(folder));
        parquet = folder.resolve("table.parquet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in.csv", "in.CSV", "in.csv.gz", "it's [1] *?.csv", "run_date=2025-01-01.csv"})
    void texts_in_csv_come_through_to_the_last_character(String name) throws Exception {
        StringBuilder csv = new StringBuilder("key,text\r\n");
        for (int i = 0; i < TEXTS.size(); i++) {
            csv.append("00")
                    .append(i)
                    .append(",\"")
                    .append(TEXTS.get(i).replace("\"", "\"\""))
                    .append("\"\r\n");
        }
        Path table = write(name, csv.toString());
        assertThat(converter.asParquet(table, parquet)).isEqualTo(parquet);
        assertThat(column("text")).isEqualTo(TEXTS);
        assertThat(column("key")).startsWith("000", "001", "002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in.jsonl", "in.ndjson", "in.jsonl.gz", "it's [1] *?.jsonl"})
    void texts_in_json_lines_come_through_to_the_last_character(String name) throws Exception {
        StringBuilder json = new StringBuilder();
        ObjectMapper mapper = new ObjectMapper();
        for (String text : TEXTS) {
            json.append(mapper.writeValueAsString(mapper.createObjectNode().put("text", text)))
                    .append('\n');
        }
        assertThat(converter.asParquet(write(name, json.toString()), parquet)).isEqualTo(parquet);
        assertThat(column("text")).isEqualTo(TEXTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.csv.gz", "out.jsonl", "out.ndjson.gz", "it's [1] *?.jsonl", "it's.csv"})
    void texts_come_back_after_being_written(String name) throws Exception {
        texts_in_json_lines_come_through_to_the_last_character("in.jsonl");
        Path written = folder.resolve(name);
        converter.fromParquet(parquet, written);
        Path again = folder.resolve("again.parquet");
        converter.asParquet(written, again);
        parquet = again;
        UnaryOperator<String> asWritten =
                name.contains(".csv") ? TableConverterTest::noFormula : UnaryOperator.identity();
        assertThat(column("text")).isEqualTo(TEXTS.stream().map(asWritten).toList());
        assertThat(Files.list(folder).filter(f -> f.toString().endsWith(".writing")))
                .isEmpty();
    }

    @Test
    void in_csv_nothing_is_null_and_two_quotes_are_an_empty_text() throws Exception {
        converter.asParquet(write("in.csv", "\uFEFFkey,text\n1,\n2,\"\"\n\n3,x\n"), parquet);
        assertThat(column("text")).containsExactly(null, "", "x");
        converter.fromParquet(parquet, folder.resolve("out.csv"));
        assertThat(folder.resolve("out.csv")).hasContent("key,text\n1,\n2,\"\"\n3,x\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "k,t\\n1,a,b\\n2,x\\n § line 2: 3 fields where the header has 2",
                "k,t\\n1,a\\n2\\n § line 3: 1 fields where the header has 2",
                "k,t\\n1,\"a\\nb\"\\n2,\"secret\\n3,x\\n § line 4: a quote is opened and never closed",
                "k,t\\n1,a\\n2,\"secret\"x\\n § line 3: text behind the closing quote of a field",
                "k,t\\n1,a\\n2,secret \"x\"\\n § line 3: a quote inside a field without quotes",
                "t\\nhello, secret\\n § line 2: 2 fields where the header has 1",
                "'' § is empty; the first line must name the columns",
                "'k,,t\\n1,2,3\\n' § column 2 has no name in the header line",
                "'k,t,K\\n1,2,3\\n' § column \"K\" stands twice in the header line",
                "'k\\1,t,k\\1\\n1,2,3\\n' § column \"k?\" stands twice in the header line",
                "'\"k,t\\n' § line 1: a quote is opened and never closed",
            })
    void csv_that_is_not_csv_is_refused_with_the_line_and_without_the_text(String csv, String reason) throws Exception {
        Path table = write("in.csv", csv.replace("\\n", "\n").replace("\\1", "\u0001"));
        assertThatThrownBy(() -> converter.asParquet(table, parquet))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith(table + ": ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
        assertThat(parquet).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"0, it is not UTF-8", "90000, it is not UTF-8"})
    void csv_that_is_not_utf_8_is_refused(int linesBefore, String reason) throws Exception {
        String csv = "k,t\n" + "1,x\n".repeat(linesBefore) + "1,caf\u00e9\n";
        Path table = Files.write(folder.resolve("in.csv"), csv.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> converter.asParquet(table, parquet)).hasMessageContaining(reason);
    }

    @Test
    void json_values_keep_their_types_and_those_without_a_common_type_their_json() throws Exception {
        converter.asParquet(write("in.jsonl", """
                        {"text":"a","n":1,"x":1,"b":true,"big":123456789012345678901,"mixed":1,"o":{"k":[1.10]},"nil":null,"pi":3.14159265358979323846264338}

                        {"x":2.5,"n":9007199254740993,"text":null,"mixed":"1","late":"z"}
                        """), parquet);
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            assertThat(oracle.columns(parquet))
                    .containsExactly(
                            "text | VARCHAR",
                            "n | BIGINT",
                            "x | DOUBLE",
                            "b | BOOLEAN",
                            "big | JSON",
                            "mixed | JSON",
                            "o | JSON",
                            "nil | VARCHAR",
                            "pi | JSON",
                            "late | VARCHAR");
        }
        Path out = folder.resolve("out.jsonl");
        converter.fromParquet(parquet, out);
        assertThat(json(out))
                .containsExactly(
                        json(
                                "{\"text\":\"a\",\"n\":1,\"x\":1.0,\"b\":true,\"big\":123456789012345678901,\"mixed\":1,"
                                        + "\"o\":{\"k\":[1.10]},\"nil\":null,\"pi\":3.14159265358979323846264338,\"late\":null}"),
                        json("{\"text\":null,\"n\":9007199254740993,\"x\":2.5,\"b\":null,\"big\":null,\"mixed\":\"1\","
                                + "\"o\":null,\"nil\":null,\"pi\":null,\"late\":\"z\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "{\"t\":\"a\"}|{\"t\":secret}| § line 2: not valid JSON",
                "{\"t\":\"a\"}|{\"t\":\"secret| § line 2: not valid JSON",
                "{\"t\":\"a\"}|{\"t\":\"a\",\"t\":\"secret\"}| § line 2: not valid JSON",
                "{\"t\":\"a\"}||[\"secret\"]| § line 3: not a JSON object",
                "{\"t\":\"a\"}|{\"n\":91e99999999999999999999}| § line 2: a number with too large an exponent",
                "{\"t\":\"a\"}|{\"t\":\"\\ud83d secret\"}| § line 2: key \"t\" holds half a surrogate pair",
                "{\"t\":\"a\",\"T\":\"secret\"} § keys \"t\" and \"T\" differ in case alone",
                "'' § holds no JSON object with a key",
            })
    void json_that_is_no_table_is_refused_with_the_line_and_without_the_text(String json, String reason)
            throws Exception {
        Path table = write("in.jsonl", json.replace("|", "\n"));
        assertThatThrownBy(() -> converter.asParquet(table, parquet))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith(table + ": " + reason)
                .hasMessageNotContaining("secret");
        assertThat(parquet).doesNotExist();
    }

    @Test
    void a_number_that_is_too_long_to_be_read_is_refused_with_its_line() throws Exception {
        Path table = write("in.jsonl", "{\"t\":\"a\"}\n{\"t\":\"secret\",\"n\":" + "9".repeat(2_000) + "}\n");
        assertThatThrownBy(() -> converter.asParquet(table, parquet))
                .isInstanceOf(TableException.class)
                .hasMessage(table + ": line 2: not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in.csv.gz", "in.jsonl.gz"})
    void a_packed_file_that_is_cut_short_is_refused(String name) throws Exception {
        Path table = write(name, "{\"t\":\"abcdefghijklmnopqrstuvwxyz\"}\n{\"t\":\"0123456789\"}\n");
        byte[] whole = Files.readAllBytes(table);
        Files.write(table, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> converter.asParquet(table, parquet)).isInstanceOf(TableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"in.txt", "in", "parquet", "in.csv.zip"})
    void an_unknown_ending_is_refused(String name) {
        assertThatThrownBy(() -> converter.asParquet(Path.of(name), parquet))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith(name + ": unknown kind of table; the name must end in .parquet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in.csv", "in.jsonl", "in.parquet"})
    void a_missing_file_is_named(String name) {
        assertThatThrownBy(() -> converter.asParquet(folder.resolve(name), parquet))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith(folder.resolve(name) + ": ")
                .hasMessageEndingWith(": no such file");
    }

    private static String noFormula(String text) {
        return text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
    }

    /** DuckDB writes the same file as JSON and as CSV; values are compared, not their spelling. */
    @Test
    void every_type_is_written_as_duckdb_writes_it() throws Exception {
        Path expected = folder.resolve("expected.jsonl");
        Path written = folder.resolve("written.jsonl");
        Path csv = folder.resolve("written.csv");
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            oracle.execute("SET TimeZone = 'UTC'");
            oracle.execute("COPY (" + ParquetRoundTripTest.EVERY_TYPE.replace("encode('b' || range) AS bytes,", "")
                    + ") TO '" + parquet + "' (FORMAT parquet)");
            oracle.execute(
                    "COPY (SELECT * REPLACE (dec9::VARCHAR AS dec9, dec18::VARCHAR AS dec18, dec38::VARCHAR AS dec38)"
                            + " FROM '" + parquet + "') TO '" + expected + "' (FORMAT json)");
            converter.fromParquet(parquet, written);
            assertThat(json(written))
                    .usingElementComparator(TableConverterTest::compare)
                    .containsExactlyElementsOf(json(expected));
            converter.fromParquet(parquet, csv);
            String asText =
                    "SELECT i64::VARCHAR, i8::VARCHAR, u64::VARCHAR, truth::VARCHAR, d::VARCHAR, t, maybe, dec9::VARCHAR,"
                            + " dec38::VARCHAR, day::VARCHAR, ts::VARCHAR, tstz::VARCHAR, ts_ns::VARCHAR, clock::VARCHAR, id::VARCHAR,"
                            + " never FROM ";
            assertThat(oracle.rows(asText + "read_csv('" + csv + "', all_varchar = true, allow_quoted_nulls = false)"))
                    .isEqualTo(oracle.rows(asText + "'" + parquet + "'"));
        }
    }

    /** Equal as JSON, with floats equal as numbers whatever their digits. */
    private static int compare(JsonNode left, JsonNode right) {
        return left.equals(
                        (one, other) -> {
                            boolean same = one.isNumber() && other.isNumber()
                                    ? Math.abs(one.doubleValue() - other.doubleValue())
                                            <= 1e-6 * Math.abs(one.doubleValue())
                                    : one.equals(other);
                            return same ? 0 : 1;
                        },
                        right)
                ? 0
                : 1;
    }

    @Test
    void rows_of_a_megabyte_are_written_without_being_held() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType("message m { required binary t (STRING); }");
        try (ParquetSink sink = ParquetSink.create(parquet, schema)) {
            for (int i = 0; i < 600; i++) {
                sink.write(new SimpleGroup(schema)
                        .append("t", Integer.toString(i % 10).repeat(1_000_000)));
            }
            sink.finish();
        }
        Path csv = folder.resolve("out.csv");
        converter.fromParquet(parquet, csv);
        Path again = folder.resolve("again.parquet");
        converter.asParquet(csv, again);
        try (ParquetRows rows = ParquetRows.open(again, 10)) {
            assertThat(rows.rowCount()).isEqualTo(600);
        }
    }

    @Test
    void a_full_disk_is_named_when_text_is_written() throws Exception {
        converter.asParquet(write("in.csv", "t\n" + "x".repeat(100_000) + "\n"), parquet);
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full), "no device that is always full");
        Files.createSymbolicLink(folder.resolve("out.csv.writing"), full);
        assertThatThrownBy(() -> converter.fromParquet(parquet, folder.resolve("out.csv")))
                .isInstanceOf(TableException.class)
                .hasMessage(folder.resolve("out.csv") + ": cannot be written: No space left on device");
        assertThat(folder.resolve("out.csv")).doesNotExist();
        assertThat(folder.resolve("out.csv.writing")).doesNotExist();
    }

    @Test
    void parquet_with_enormous_pages_is_rewritten_with_the_same_rows_and_types() throws Exception {
        Path table = folder.resolve("in.parquet");
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            oracle.execute("COPY (SELECT range AS i, repeat(md5(range::VARCHAR), 100) AS t, DATE '2025-01-01' AS d,"
                    + " [range] AS l, CASE WHEN range % 7 > 0 THEN range::DECIMAL(20,2) END AS n FROM range(50000)) TO '"
                    + table + "' (FORMAT parquet)");
            assertThat(converter.asParquet(table, parquet)).isEqualTo(parquet);
            assertThat(oracle.columns(parquet)).isEqualTo(oracle.columns(table));
            assertThat(oracle.differences(table, parquet)).isZero();
            assertThat(converter.asParquet(parquet, folder.resolve("other.parquet")))
                    .isEqualTo(parquet);
        }
    }

    private Path write(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        if (name.endsWith(".gz")) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(bytes);
            }
            bytes = packed.toByteArray();
        }
        return Files.write(folder.resolve(name), bytes);
    }

    private List<String> column(String name) {
        List<String> values = new ArrayList<>();
        try (ParquetRows rows = ParquetRows.open(parquet, 100)) {
            for (RecordBatch batch : rows) {
                for (Group row : batch.rows()) {
                    values.add(row.getFieldRepetitionCount(name) == 0 ? null : row.getString(name, 0));
                }
            }
        }
        return values;
    }

    private static List<JsonNode> json(Path lines) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(lines)) {
            nodes.add(json(line));
        }
        return nodes;
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(text);
    }
}
