package io.trustpipeline.table;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SchemasTest {
    private static final Path FILE = Path.of("comments.parquet");

    @TempDir
    Path folder;

    @Test
    void added_columns_follow_those_of_the_table() {
        MessageType table = MessageTypeParser.parseMessageType(
                "message m { required int32 a; optional group g { optional int64 b; } }");
        MessageType widened =
                Schemas.widen(FILE, table, added("required binary theme (STRING); optional double score;"));
        assertThat(widened.toString().replaceAll("\\s+", " "))
                .isEqualTo("message m { required int32 a; optional group g { optional int64 b; }"
                        + " required binary theme (STRING); optional double score; } ");
    }

    @Test
    void a_column_of_the_table_with_the_name_of_an_added_one_is_refused_whatever_its_case() {
        MessageType table = MessageTypeParser.parseMessageType("message m { required int32 a; optional int32 Theme; }");
        assertThatThrownBy(() -> Schemas.widen(FILE, table, added("required binary theme (STRING);")))
                .isInstanceOf(TableException.class)
                .hasMessage("comments.parquet: column \"Theme\" has the name of a column that is added to the output;"
                        + " rename it");
    }

    @Test
    void a_copied_row_keeps_every_bit() throws Exception {
        MessageType table = MessageTypeParser.parseMessageType("""
                message m {
                  required int96 at; optional fixed_len_byte_array(16) price (DECIMAL(38,2)); optional binary t (STRING);
                  repeated int32 many; optional group g { optional binary raw; repeated group h { optional float f; } }
                  optional boolean truth; optional int64 never;
                }""");
        Group row = new SimpleGroup(table);
        // 2025-09-26 is day 2460945 of the Julian calendar.
        row.add("at", new NanoTime(2_460_945, 3_600_000_000_000L));
        row.add("price", Binary.fromConstantByteArray(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 5}));
        row.add("t", Binary.fromConstantByteArray(new byte[] {'o', 0, (byte) 0xFF, 'k'}));
        row.add("many", 3);
        row.add("many", -1);
        Group nested = row.addGroup("g");
        nested.add("raw", Binary.fromConstantByteArray(new byte[] {1, 2}));
        nested.addGroup("h").add("f", 0.5f);
        nested.addGroup("h");
        row.add("truth", true);
        MessageType widened = Schemas.widen(FILE, table, added("required double score;"));
        Path file = folder.resolve("wide.parquet");
        try (ParquetSink sink = ParquetSink.create(file, widened)) {
            Group wide = new SimpleGroup(widened);
            Groups.copy(row, wide);
            wide.add("score", 0.25);
            sink.write(wide);
            sink.finish();
        }
        try (DuckDbOracle oracle = new DuckDbOracle(folder);
                ParquetRows rows = ParquetRows.open(file, 1)) {
            assertThat(oracle.rows("SELECT \"at\"::VARCHAR, price, many::VARCHAR, g::VARCHAR, truth, never, score FROM "
                            + DuckDbOracle.parquet(file)))
                    .containsExactly("2025-09-26 01:00:00 | 2.61 | [3, -1] |"
                            + " {'raw': '\\\\x01\\\\x02', 'h': [0.5, NULL]} | true | null | 0.25");
            Group back = rows.iterator().next().rows().get(0);
            assertThat(back.getBinary("t", 0).getBytes()).containsExactly('o', 0, 0xFF, 'k');
        }
    }

    private static List<Type> added(String columns) {
        return MessageTypeParser.parseMessageType("message m { " + columns + " }")
                .getFields();
    }
}
