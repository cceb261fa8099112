package io.trustpipeline.credits.sql;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LookerSqlTest {
    private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    private static final String DATES =
            "(((c.date ) >= ((TIMESTAMP '2025-07-01')) AND ( c.date ) < ((TIMESTAMP '2025-09-30'))))";
    private static final String PRODUCT = "(billable_items.friendly_name LIKE '%Authy%')";
    private static final String OF_ACCOUNT = "(c.account_sid ) = '" + ACCOUNT + "'";

    private static String query(String where) {
        return "SELECT billable_items.friendly_name AS \"n\", SUM(c.total) AS \"counters_by_billable_item.total_sum\""
                + " FROM public.counters_by_billable_item_complete AS c"
                + " LEFT JOIN public.billable_items AS billable_items ON c.billable_item = billable_items.sid WHERE "
                + where + " GROUP BY 1 ORDER BY 2 DESC LIMIT 500";
    }

    private static FraudQuery read(String sql) {
        return ((LookerSql.Verify) LookerSql.read(sql)).query();
    }

    @Test
    void what_looker_generates_becomes_a_query_by_country_without_limit_and_totals() throws Exception {
        FraudQuery query =
                read(Files.readString(Path.of(System.getProperty("project.dir", "."), "demo/credits/look.sql")));
        assertThat(query.account()).isEqualTo(ACCOUNT);
        assertThat(query.start()).isEqualTo(LocalDate.of(2025, 7, 1));
        assertThat(query.end()).isEqualTo(LocalDate.of(2025, 9, 29));
        assertThat(query.sql())
                .contains("billable_items.iso_country_code AS iso_country_code")
                .contains("GROUP BY 1, billable_items.iso_country_code")
                .doesNotContain("LIMIT", "ORDER BY", "totals", "pivot");
        assertThat(CCJSqlParserUtil.parseStatements(query.sql())).hasSize(1);
    }

    @Test
    void a_country_that_is_there_is_not_added_again() {
        String sql = query(DATES + " AND " + PRODUCT + " AND " + OF_ACCOUNT).replace("AS \"n\"", "AS ISO_COUNTRY_CODE");
        assertThat(read(sql).sql()).containsOnlyOnce("ISO_COUNTRY_CODE").doesNotContain("iso_country_code");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "c.d >= TIMESTAMP '2025-07-01' AND c.d < TIMESTAMP '2025-09-30' | 2025-07-01 | 2025-09-29",
                "c.d >= TIMESTAMP '2025-07-01 00:00:00' AND c.d < TIMESTAMP '2025-09-30 12:00:00' | 2025-07-01 | 2025-09-30",
                "c.d >= DATE '2025-07-01' AND c.d <= DATE '2025-09-30' | 2025-07-01 | 2025-09-30",
                "c.d BETWEEN DATE '2025-07-01' AND DATE '2025-09-30' | 2025-07-01 | 2025-09-30",
                "c.d >= CAST('2025-07-01' AS TIMESTAMP) AND c.d < CAST('2025-09-30' AS TIMESTAMP) | 2025-07-01 | 2025-09-29"
            })
    void the_days_are_those_that_the_conditions_leave(String dates, LocalDate start, LocalDate end) {
        FraudQuery query = read(query(dates + " AND " + PRODUCT + " AND " + OF_ACCOUNT));
        assertThat(query.start()).isEqualTo(start);
        assertThat(query.end()).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.account_sid IN ('ACCOUNT')", "('ACCOUNT') IS NOT NULL AND \"account_sid\" = 'ACCOUNT'"})
    void the_account_may_stand_in_a_list_of_one(String filter) {
        assertThat(read(query(DATES + " AND " + PRODUCT + " AND " + filter.replace("ACCOUNT", ACCOUNT)))
                        .account())
                .isEqualTo(ACCOUNT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "billable_items.friendly_name NOT LIKE '%Authy%'",
                "NOT (billable_items.friendly_name LIKE '%Authy%')",
                "billable_items.friendly_name LIKE '%Programmable%'",
                "c.comment LIKE '%authy%'",
                "(billable_items.friendly_name LIKE '%Authy%' OR billable_items.friendly_name LIKE '%SMS%')"
            })
    void another_product_is_none_of_ours(String product) {
        assertThat(LookerSql.read(query(DATES + " AND " + product + " AND " + OF_ACCOUNT)))
                .isInstanceOf(LookerSql.OtherProduct.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "billable_items.friendly_name = 'Authy SMS'",
                "billable_item_metadata_alex.product IN ('authy', 'Authy2')",
                "LOWER(billable_items.friendly_name) LIKE '%authy%'"
            })
    void a_condition_that_asks_for_the_product_is_ours(String product) {
        assertThat(LookerSql.read(query(DATES + " AND " + product + " AND " + OF_ACCOUNT)))
                .isInstanceOf(LookerSql.Verify.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "DROP TABLE public.x | not a plain SELECT",
                "DELETE FROM public.x WHERE a = 1 | not a plain SELECT",
                "INSERT INTO public.x SELECT 1 | not a plain SELECT",
                "UPDATE public.x SET a = 1 | not a plain SELECT",
                "QUERY; DROP TABLE public.x | 2 statements",
                "QUERY; QUERY | 2 statements",
                "QUERY UNION ALL QUERY | not a plain SELECT",
                "SELECT 1 INTO public.x FROM public.y WHERE a = 1 | writes into a table",
                "WITH w AS (SELECT 1) SELECT * FROM w WHERE a = 1 | begins with WITH",
                "SELECT FROM WHERE | not one statement that can be read",
                "what is this | not one statement that can be read",
                "SELECT 1 | no conditions"
            })
    void what_is_not_one_select_is_refused(String sql, String reason) {
        String plain = query(DATES + " AND " + PRODUCT + " AND " + OF_ACCOUNT).replaceFirst(" ORDER BY.*", "");
        refused(sql.replace("QUERY", plain), reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 2_000, 20_000})
    void what_is_nested_without_end_is_refused(int depth) {
        String deep = "(".repeat(depth) + "1" + ")".repeat(depth) + " = 1";
        refused(
                query(DATES + " AND " + PRODUCT + " AND " + OF_ACCOUNT + " AND " + deep),
                "not one statement that can be read");
    }

    @Test
    void more_than_one_account_or_none_is_refused() {
        String other = "AC" + "f".repeat(32);
        String base = DATES + " AND " + PRODUCT + " AND ";
        refused(query(base + "1 = 1"), "no account");
        refused(query(base + "c.account_sid IN ('" + ACCOUNT + "', '" + other + "')"), "2 accounts");
        refused(query(base + OF_ACCOUNT + " AND c.account_sid = '" + other + "'"), "2 accounts");
        refused(query(base + OF_ACCOUNT + " AND c.parent = '" + other + "'"), "names another account");
        refused(query(base + "(" + OF_ACCOUNT + " OR c.total > 0)"), "no account");
        refused(query(base + "c.account_sid = c.parent"), "something else than a text");
        refused(query(base + "c.account_sid = 'everybody'"), "is no account");
        refused(query(base + "c.account_sid <> '" + ACCOUNT + "'"), "no account");
    }

    /** Whatever the parser makes of it: were the condition beside OR taken for one that must hold, others could be read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c.x IN ('q') OR 1 = 1",
                "c.x NOT IN ('q') OR 1 = 1",
                "c.x LIKE 'q' OR 1 = 1",
                "c.x NOT LIKE 'q' OR 1 = 1",
                "c.x BETWEEN 1 AND 2 OR 1 = 1",
                "c.x IS NULL OR 1 = 1",
                "c.x IS NOT NULL OR 1 = 1",
                "c.x IS DISTINCT FROM 1 OR 1 = 1",
                "NOT c.x = 1 OR 1 = 1",
                "EXISTS (SELECT 1) OR 1 = 1",
                "c.x = ANY (SELECT 1) OR 1 = 1",
                "c.x IN (SELECT 1) OR (1) = 1",
                "c.x IN ('q') OR (1) = 1",
                "c.x IN ('q') AND (1) = 1 OR (1) = 1",
                "REGEXP_LIKE(c.x, 'q') OR 1 = 1",
                "CASE WHEN c.x = 1 THEN true END OR 1 = 1"
            })
    void an_or_that_lets_other_accounts_in_is_never_read_as_a_query_of_one(String hole) {
        String needed = DATES + " AND " + PRODUCT + " AND " + OF_ACCOUNT;
        for (String where : List.of(
                needed + " AND " + hole,
                hole + " AND " + needed,
                "(" + needed + " AND " + hole + ")",
                "((" + OF_ACCOUNT + " AND " + hole + ")) AND " + DATES + " AND " + PRODUCT)) {
            boolean read;
            try {
                read = LookerSql.read(query(where)) instanceof LookerSql.Verify;
            } catch (PipelineException refused) {
                read = false;
            }
            assertThat(read).as(where).isFalse();
        }
    }

    @Test
    void a_time_that_is_not_one_window_is_refused() {
        String rest = " AND " + PRODUCT + " AND " + OF_ACCOUNT;
        refused(query("1 = 1" + rest), "0 first and 0 last moments");
        refused(query("c.d >= DATE '2025-07-01'" + rest), "1 first and 0 last moments");
        refused(query(DATES + " AND c.e >= DATE '2025-07-01'" + rest), "2 first and 1 last moments");
        refused(query("c.d >= DATE '2025-09-01' AND c.d < DATE '2025-07-01'" + rest), "before it begins");
        refused(query("c.d >= TIMESTAMP 'yesterday' AND c.d < DATE '2025-07-01'" + rest), "cannot be read");
    }

    @Test
    void tables_outside_of_the_public_schema_are_refused() {
        String where = DATES + " AND " + PRODUCT + " AND " + OF_ACCOUNT;
        refused(query(where).replace("public.billable_items", "system.metadata.billable_items"), "outside");
        refused(query(where).replace("public.billable_items", "secret.billable_items"), "outside");
        refused(query(where + " AND c.x IN (SELECT a FROM secret.b)"), "outside");
        refused(
                query(where).replace("public.counters_by_billable_item_complete", "(SELECT * FROM public.x)"),
                "else than");
        refused(query(where).replace("AS c LEFT", "AS c, TABLE(system.query('DROP TABLE x')) AS t LEFT"), "refused");
    }

    @Test
    void a_second_copy_of_a_table_whose_account_nothing_limits_is_refused() {
        String all = "AS c JOIN hive.public.\"counters_by_billable_item_complete\" AS others ON 1 = 1 LEFT";
        String sql =
                query(DATES + " AND " + PRODUCT + " AND " + OF_ACCOUNT).replace("SUM(c.total)", "SUM(others.total)");
        refused(sql.replace("AS c LEFT", all), "joins a table with itself");
    }

    @Test
    void without_the_money_there_is_nothing_to_add_up() {
        refused(
                query(DATES + " AND " + PRODUCT + " AND " + OF_ACCOUNT).replace("total_sum", "count"),
                "no column \"counters_by_billable_item.total_sum\"");
    }

    private static void refused(String sql, String reason) {
        assertThatThrownBy(() -> LookerSql.read(sql))
                .as(sql)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("SELECT 1")
                .extracting("exitCode")
                .isEqualTo(ExitCode.REQUEST_REFUSED);
    }
}
