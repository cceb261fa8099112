package io.trustpipeline.export;

import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * For any template made of hostile pieces, what we render means what the template means with its values put in. The
 * template is generated as tokens, so the expected statement needs no lexer; whether the two mean the same is decided by
 * two SQL parsers, JSqlParser and DuckDB.
 */
class SqlTemplatePropertyTest {
    private static final List<String> FRAGMENTS = List.of(
            ":run_date",
            "{UP_ID}",
            ":nope",
            "{NOPE}",
            "?",
            ";",
            "--",
            "$$",
            "$q$",
            "\"",
            "é😀",
            "\n",
            " ",
            "a",
            ":",
            "{",
            "::",
            "\\ ",
            "`");

    private static DuckDbOracle duckDb;

    @BeforeContainer
    static void open() {
        duckDb = new DuckDbOracle(Path.of(System.getProperty("java.io.tmpdir")));
    }

    @AfterContainer
    static void close() {
        duckDb.close();
    }

    /** A piece of a template that stands for itself, or for a value. */
    record Token(String sql, Placeholder placeholder) {
        static Token plain(String sql) {
            return new Token(sql, null);
        }

        String in(Function<Placeholder, String> value) {
            return placeholder == null ? sql : value.apply(placeholder);
        }
    }

    /** Tokens, and what stands before each of them and behind the last. */
    record Template(List<Token> tokens, List<String> separators) {
        String sql() {
            StringBuilder sql = new StringBuilder();
            for (int i = 0; i < tokens.size(); i++) {
                sql.append(separators.get(i)).append(tokens.get(i).sql());
            }
            return sql.append(separators.get(tokens.size())).toString();
        }

        /** The statement without comments, by the tokens alone. */
        String with(Function<Placeholder, String> value) {
            return tokens.stream().map(token -> token.in(value)).collect(Collectors.joining(" "));
        }
    }

    @Property(tries = 300)
    void to_duckdb_the_rendered_statement_is_the_template_with_its_values(
            @ForAll("templates") Template template, @ForAll("values") QueryValues values) throws SQLException {
        String rendered = SqlTemplate.parse("t", template.sql()).rendered(values);
        assertThat(duckDbTree(rendered)).isEqualTo(duckDbTree(template.with(literals(values))));
    }

    @Property(tries = 300)
    void to_duckdb_the_bound_statement_has_a_parameter_for_every_placeholder(
            @ForAll("templates") Template template, @ForAll("values") QueryValues values) throws SQLException {
        BoundQuery bound = SqlTemplate.parse("t", template.sql()).bound(values);
        assertThat(duckDbTree(bound.sql())).isEqualTo(duckDbTree(template.with(placeholder -> "?")));
        assertThat(bound.parameters())
                .isEqualTo(template.tokens().stream()
                        .filter(token -> token.placeholder() != null)
                        .map(token -> token.placeholder().value(values))
                        .toList());
    }

    @Property(tries = 500)
    void to_jsqlparser_the_rendered_statement_is_the_template_with_its_values(
            @ForAll("flatTemplates") Template template, @ForAll("values") QueryValues values) throws Exception {
        String expected;
        try {
            expected = CCJSqlParserUtil.parse(template.with(literals(values))).toString();
            Statistics.collect("parsed");
        } catch (JSQLParserException e) {
            // Its grammar is narrower than PostgreSQL's; DuckDB judges these.
            Statistics.collect("beyond JSqlParser");
            return;
        } finally {
            Statistics.coverage(coverage -> coverage.check("parsed").percentage(p -> p > 30));
        }
        String rendered = SqlTemplate.parse("t", template.sql()).rendered(values);
        assertThat(CCJSqlParserUtil.parse(rendered).toString()).isEqualTo(expected);
    }

    /** Two runs' statements, token by token: they differ where the placeholders are and nowhere else. */
    @Property(tries = 300)
    void statements_of_two_runs_differ_in_typed_literals_alone(
            @ForAll("templates") Template template,
            @ForAll("values") QueryValues one,
            @ForAll("values") QueryValues two) {
        SqlTemplate parsed = SqlTemplate.parse("t", template.sql());
        List<String> first = tokens(parsed.rendered(one));
        List<String> second = tokens(parsed.rendered(two));
        assertThat(first).hasSameSizeAs(second);
        for (int i = 0; i < first.size(); i++) {
            if (!first.get(i).equals(second.get(i))) {
                assertThat(first.get(i) + second.get(i)).matches("\\d+|'\\d{4}-\\d\\d-\\d\\d''\\d{4}-\\d\\d-\\d\\d'");
            }
        }
    }

    private static List<String> tokens(String sql) {
        return new SqlLexer("t", sql)
                .tokens().stream().map(token -> token.text(sql)).toList();
    }

    private static Function<Placeholder, String> literals(QueryValues values) {
        return placeholder -> switch (placeholder) {
            case RUN_DATE -> "DATE '" + values.runDate() + "'";
            case UP_ID -> Long.toString(values.upId());
            case ROW_LIMIT -> Long.toString(values.rowLimit());
        };
    }

    private static String duckDbTree(String sql) throws SQLException {
        String tree = duckDb.rows("SELECT json_serialize_sql(" + DuckDb.literal(sql) + ")")
                .get(0);
        assertThat(tree).as(sql).startsWith("{\"error\":false");
        return tree.replaceAll("\"query_location(_length)?\":-?\\d+", "");
    }

    @Provide
    Arbitrary<QueryValues> values() {
        Arbitrary<LocalDate> dates = Arbitraries.longs()
                .between(
                        LocalDate.of(1, 1, 1).toEpochDay(),
                        LocalDate.of(9999, 12, 31).toEpochDay())
                .map(LocalDate::ofEpochDay);
        Arbitrary<Long> numbers = Arbitraries.longs().between(1, Long.MAX_VALUE);
        return Combinators.combine(dates, numbers, numbers).as(QueryValues::new);
    }

    @Provide
    Arbitrary<Template> templates() {
        return templates(true);
    }

    /** Without what JSqlParser does not know: comments in comments, tags between dollar signs. */
    @Provide
    Arbitrary<Template> flatTemplates() {
        return templates(false);
    }

    private static Arbitrary<Template> templates(boolean deep) {
        Arbitrary<List<Token>> values = value(deep).list().ofMinSize(1).ofMaxSize(6);
        Arbitrary<List<Token>> tokens = Combinators.combine(values, values).as(SqlTemplatePropertyTest::statement);
        return tokens.flatMap(list ->
                separator(deep).list().ofSize(list.size() + 1).map(separators -> new Template(list, separators)));
    }

    private static List<Token> statement(List<Token> columns, List<Token> operands) {
        List<Token> tokens = new ArrayList<>(List.of(Token.plain("SELECT")));
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                tokens.add(Token.plain(","));
            }
            tokens.addAll(List.of(Token.plain("("), columns.get(i), Token.plain(")")));
            if (i % 2 == 1) {
                tokens.addAll(List.of(Token.plain("::"), Token.plain("text")));
            }
        }
        tokens.addAll(List.of(Token.plain("FROM"), Token.plain("t"), Token.plain("WHERE")));
        for (int i = 0; i < operands.size(); i++) {
            if (i > 0) {
                tokens.add(Token.plain("AND"));
            }
            tokens.addAll(List.of(Token.plain("x"), Token.plain(i % 2 == 0 ? "<=" : "="), operands.get(i)));
        }
        return tokens;
    }

    private static Arbitrary<Token> value(boolean deep) {
        Arbitrary<Token> placeholders = Arbitraries.of(
                new Token(":run_date", Placeholder.RUN_DATE),
                new Token(":up_id", Placeholder.UP_ID),
                new Token("{UP_ID}", Placeholder.UP_ID),
                new Token(":row_limit", Placeholder.ROW_LIMIT));
        Arbitrary<Token> literals = hostile().map(text -> Token.plain("'" + text.replace("'", "''") + "'"));
        Arbitrary<Token> escaped = hostile()
                .map(text -> Token.plain("E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"));
        Arbitrary<Token> names = hostile().map(text -> Token.plain("\"n" + text.replace("\"", "\"\"") + "\""));
        Arbitrary<Token> dollars =
                hostile().map(text -> text.replace("$", "")).map(text -> Token.plain("$$" + text + "$$"));
        Arbitrary<Token> tagged =
                hostile().map(text -> text.replace("$q$", "")).map(text -> Token.plain("$q$" + text + " $q$"));
        Arbitrary<Token> simple = Arbitraries.of(Token.plain("y"), Token.plain("17"), Token.plain("$q$"))
                .filter(token -> !token.sql().startsWith("$"));
        return deep
                ? Arbitraries.oneOf(placeholders, placeholders, literals, escaped, names, dollars, tagged, simple)
                : Arbitraries.oneOf(placeholders, placeholders, literals, names, simple);
    }

    private static Arbitrary<String> separator(boolean deep) {
        Arbitrary<String> space = Arbitraries.of(" ", "\n", "\t ", "\r\n");
        Arbitrary<String> line = hostile().map(text -> " --" + text.replace("\n", "") + "\n");
        Arbitrary<String> block = hostile().map(text -> " /*" + text.replace("*", "") + " it's :nope */ ");
        Arbitrary<String> nested = hostile().map(text -> " /* a /*" + text.replace("*", "") + " */ {NOPE} */ ");
        return deep
                ? Arbitraries.oneOf(space, space, line, block, nested)
                : Arbitraries.oneOf(space, space, line, block);
    }

    private static Arbitrary<String> hostile() {
        return Arbitraries.oneOf(Arbitraries.of(FRAGMENTS), Arbitraries.of("'", "''", "/ *"))
                .list()
                .ofMaxSize(6)
                .map(fragments -> String.join("", fragments))
                // A backslash before a quote is refused: that is for another test.
                .map(text -> text.replace("\\ '", "'"));
    }
}
