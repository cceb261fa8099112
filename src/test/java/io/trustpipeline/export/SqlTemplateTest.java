package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SqlTemplateTest {
    private static final QueryValues VALUES = new QueryValues(LocalDate.of(2026, 2, 3), 9001, 10_000);

    @Test
    void placeholders_become_parameters_in_their_order() {
        SqlTemplate template = SqlTemplate.parse(
                "t", "SELECT 1 FROM c WHERE a = {UP_ID} AND b <= :run_date AND n<:row_limit AND :up_id=a");
        assertThat(template.bound(VALUES))
                .isEqualTo(new BoundQuery(
                        "SELECT 1 FROM c WHERE a = ? AND b <= ? AND n<? AND ?=a",
                        List.of(9001L, LocalDate.of(2026, 2, 3), 10_000L, 9001L)));
    }

    @Test
    void placeholders_become_literals_of_their_type() {
        assertThat(rendered("SELECT :run_date, :up_id, {UP_ID}, :row_limit"))
                .isEqualTo("SELECT DATE '2026-02-03', 9001, 9001, 10000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 -- :run_date {UP_ID} it's\n, 2",
                "SELECT 1 /* :run_date /* {UP_ID} */ ' :nope */, 2",
                "SELECT ':run_date', '{UP_ID}', 'it''s :run_date', ''",
                "SELECT E'\\':run_date\\\\', e'{UP_ID}'''",
                "SELECT \":run_date\", \"a \"\"{UP_ID}\"\" b\", `:up_id`",
                "SELECT $$:run_date ' {UP_ID}$$, $body$ $$ :up_id $body $body$",
                "SELECT a::date, b :: integer, x[1:2], y[1 : z], c$d$e, {'a': 1}, {a: 1}, a := b",
                "SELECT 'C:\\dir', '\\\\', 'back\\slash'",
                "SELECT '; -- ' AS a",
                "SELECT größe, 列 FROM t",
            })
    void everything_else_is_left_as_it_is(String sql) {
        assertThat(rendered(sql)).isEqualTo(sql);
        assertThat(SqlTemplate.parse("t", sql).bound(VALUES).parameters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1;|SELECT 1",
                "'SELECT 1 ;; '|SELECT 1",
                "SELECT 1 -- ends here|SELECT 1",
                "SELECT 1; -- ends here\\n/* and here */ ;|SELECT 1",
                "'\\n -- a title\\nSELECT 1 -- kept\\n, 2 /* dropped; */'|'-- a title\\nSELECT 1 -- kept\\n, 2'",
            })
    void what_follows_the_statement_is_dropped(String sql, String statement) {
        assertThat(rendered(sql.replace("\\n", "\n"))).isEqualTo(statement.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1,\\n  :nope|line 2, column 3: unknown placeholder :nope; known are :run_date, :up_id, {UP_ID}, :row_limit",
                "SELECT {up_id}|line 1, column 8: unknown placeholder {up_id};",
                "SELECT :RUN_DATE|unknown placeholder :RUN_DATE;",
                "SELECT :up_id5|unknown placeholder :up_id5;",
                "SELECT x[1:n]|line 1, column 11: unknown placeholder :n;",
                "SELECT ?|line 1, column 8: \"?\" is no placeholder",
                "SELECT 1; DROP TABLE t|line 1, column 9: a second statement begins behind this semicolon",
                "SELECT 1;\\nSELECT 2;|line 1, column 9: a second statement",
                ";SELECT 1|line 1, column 1: a query begins with SELECT or WITH",
                "/* x */ DELETE FROM t|line 1, column 9: a query begins with SELECT or WITH",
                "SELECT t_{UP_ID}|line 1, column 10: {UP_ID} touches what is beside it",
                "SELECT {UP_ID}_t|touches what is beside it",
                "SELECT 1{UP_ID}|touches what is beside it",
                "SELECT 1:up_id|touches what is beside it",
                "SELECT {UP_ID}.5|touches what is beside it",
                "SELECT $:up_id|touches what is beside it",
                "SELECT :up_id:up_id|touches what is beside it",
                "SELECT {UP_ID}{UP_ID}|touches what is beside it",
                "SELECT :run_date'x'|touches what is beside it",
                "SELECT 'it\\'s :run_date'|line 1, column 12: a backslash before a quote",
                "SELECT 'a|line 1, column 8: a literal begins with ' and does not end",
                "SELECT E'a\\'|a literal begins with E' and does not end",
                "SELECT \"a|a name begins with \" and does not end",
                "SELECT 1 /* /* */|line 1, column 10: a comment begins with /* and does not end",
                "SELECT $x$ $y$|a literal begins with $x$ and does not end",
                "''|holds no statement",
                "' -- only a comment\\n;'|holds no statement",
            })
    void what_cannot_be_read_one_way_only_is_refused_with_its_place(String sql, String reason) {
        assertThatThrownBy(() -> SqlTemplate.parse("sql/mine.sql", sql.replace("\\n", "\n")))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageStartingWith("sql/mine.sql: ")
                .hasMessageContaining(reason);
    }

    @Test
    void a_file_is_read_with_or_without_a_byte_order_mark(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("q.sql"), "\uFEFFSELECT :up_id;\n");
        assertThat(SqlTemplate.read(file).rendered(VALUES)).isEqualTo("SELECT 9001");
    }

    @Test
    void a_file_that_is_not_there_or_not_text_is_a_matter_of_configuration(@TempDir Path folder) throws Exception {
        Path binary = Files.write(folder.resolve("q.sql"), new byte[] {(byte) 0xFF, 0, 1});
        for (Path file : new Path[] {binary, folder.resolve("none.sql")}) {
            assertThatThrownBy(() -> SqlTemplate.read(file))
                    .isInstanceOf(PipelineException.class)
                    .hasMessage(file + ": cannot be read as a text in UTF-8");
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-02-03,0,1", "2026-02-03,-5,1", "2026-02-03,1,0", "+10000-01-01,1,1", "-0001-01-01,1,1"})
    void values_that_would_not_be_one_plain_literal_do_not_exist(LocalDate date, long upId, long rowLimit) {
        assertThatThrownBy(() -> new QueryValues(date, upId, rowLimit)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String rendered(String sql) {
        return SqlTemplate.parse("t", sql).rendered(VALUES);
    }
}
