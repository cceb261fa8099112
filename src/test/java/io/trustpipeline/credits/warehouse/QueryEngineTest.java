package io.trustpipeline.credits.warehouse;

import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.fakes.StatementServer;
import io.trustpipeline.credits.fakes.StatementServer.Fault;
import io.trustpipeline.credits.jobs.SilentMetrics;
import io.trustpipeline.run.ExitCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Trino's own driver against a server that speaks its protocol. */
class QueryEngineTest {
    private static StatementServer server;
    private static QueryEngine engine;

    @BeforeAll
    static void start() throws Exception {
        server = StatementServer.started(
                "CREATE TABLE public.t AS SELECT n, 'name ' || n AS name, DATE '2025-01-01' + n::INTEGER AS day,"
                        + " n::DECIMAL(18, 2) / 4 AS share, n::DECIMAL(9, 2) AS money FROM range(5) AS r(n)");
        engine = engine(server.jdbcUrl());
    }

    private static QueryEngine engine(String url) {
        return new QueryEngine(url, QueryEngineTest::login, new Attempts(3, Duration.ofMillis(1)), new SilentMetrics());
    }

    private static Properties login() {
        Properties login = new Properties();
        login.setProperty("user", "test");
        return login;
    }

    @AfterAll
    static void stop() {
        engine.close();
        server.close();
    }

    private static WarehouseQuery query(String sql, Object... values) {
        return new WarehouseQuery("test", sql, List.of(values), Duration.ofSeconds(10));
    }

    @Test
    void values_are_bound_and_come_back_as_they_are() {
        String hostile = "O'Brien'; DROP TABLE t; -- ?";
        List<Row> rows = engine.rows(query(
                "SELECT n, money, day, ? AS text FROM public.t WHERE day >= ? ORDER BY n",
                hostile,
                LocalDate.of(2025, 1, 4)));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).text("text")).isEqualTo(hostile);
        assertThat(rows.get(0).number("money")).isEqualTo("3.00");
        assertThat(rows.get(0).text("DAY")).isEqualTo("2025-01-04");
    }

    @Test
    void prestos_driver_reads_the_same() {
        try (QueryEngine presto = engine(server.jdbcUrl().replace("jdbc:trino", "jdbc:presto"))) {
            assertThat(presto.rows(query("SELECT name FROM public.t WHERE name = ?", "name 3")))
                    .extracting(row -> row.text("name"))
                    .containsExactly("name 3");
        }
    }

    @Test
    void a_list_is_as_many_marks_as_it_has_values() {
        WarehouseQuery query = new NamedSql("x", "-- about :nothing\nSELECT * FROM t WHERE a IN (:list) AND b = :one")
                .with(Map.of("list", List.of("p", "q"), "one", "r"), Duration.ofSeconds(1));
        assertThat(query.sql()).isEqualTo("SELECT * FROM t WHERE a IN (?, ?) AND b = ?");
        assertThat(query.values()).containsExactly("p", "q", "r");
    }

    @Test
    void a_cluster_without_resources_is_asked_again() {
        server.next(new Fault("'resources'", 131_072, "GENERIC_INSUFFICIENT_RESOURCES", 0));
        server.next(new Fault("'resources'", 65_536, "GENERIC_INTERNAL_ERROR", 0));
        assertThat(engine.rows(query("SELECT 'resources' AS a"))).hasSize(1);
    }

    @Test
    void a_cluster_that_stays_without_resources_is_unavailable() {
        for (int i = 0; i < 3; i++) {
            server.next(new Fault("'exhausted'", 131_072, "GENERIC_INSUFFICIENT_RESOURCES", 0));
        }
        assertThatThrownBy(() -> engine.rows(query("SELECT 'exhausted' AS a")))
                .hasMessage("query test: resources trouble at the warehouse, after 3 attempts")
                .extracting("exitCode")
                .isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void what_would_write_is_refused() {
        List<Row> before = engine.rows(query("SELECT COUNT(*) AS n FROM public.t"));
        assertThatThrownBy(() -> engine.rows(query("DELETE FROM public.t")))
                .extracting("exitCode")
                .isEqualTo(ExitCode.DATA_REFUSED);
        assertThat(engine.rows(query("SELECT COUNT(*) AS n FROM public.t"))).isEqualTo(before);
    }

    @Test
    void a_wrong_query_is_not_asked_again() {
        int before = server.executed().size();
        assertThatThrownBy(() -> engine.rows(query("SELECT nothing FROM public.t")))
                .extracting("exitCode")
                .isEqualTo(ExitCode.DATA_REFUSED);
        assertThat(server.executed()).hasSize(before + 1);
    }

    @Test
    void at_its_deadline_a_query_is_cancelled_at_the_server() throws Exception {
        long before = server.cancelled();
        server.next(new Fault("'late'", 0, "", 4_000));
        assertThatThrownBy(() -> engine.rows(
                        new WarehouseQuery("slow", "SELECT 'late' AS a", List.of(), Duration.ofMillis(700))))
                .hasMessageContaining("query slow: cancelled after")
                .extracting("exitCode")
                .isEqualTo(ExitCode.UNAVAILABLE);
        for (int i = 0; i < 40 && server.cancelled() == before; i++) {
            Thread.sleep(50);
        }
        assertThat(server.cancelled()).isGreaterThan(before);
    }

    @Test
    void a_server_that_is_gone_is_unavailable() {
        try (QueryEngine nobody = engine("jdbc:trino://127.0.0.1:1/hive/public")) {
            assertThatThrownBy(
                            () -> nobody.rows(new WarehouseQuery("gone", "SELECT 1", List.of(), Duration.ofSeconds(3))))
                    .extracting("exitCode")
                    .isEqualTo(ExitCode.UNAVAILABLE);
        }
    }
}
