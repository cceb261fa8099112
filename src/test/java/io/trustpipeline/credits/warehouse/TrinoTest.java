package io.trustpipeline.credits.warehouse;

import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.calculate.CalculationInput;
import io.trustpipeline.credits.calculate.Choices;
import io.trustpipeline.credits.calculate.CreditCalculation;
import io.trustpipeline.credits.fakes.StatementServer;
import io.trustpipeline.credits.jobs.SilentMetrics;
import io.trustpipeline.credits.sql.FraudQuery;
import io.trustpipeline.credits.sql.LookerSql;
import io.trustpipeline.run.ExitCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Our queries, and the one that a link becomes, in Trino itself: what DuckDB answers behind our own server is the oracle. */
@Tag("trino")
class TrinoTest {
    private static final Path PROJECT =
            Path.of(System.getProperty("project.dir", ".")).toAbsolutePath();

    private static TrinoProcess trino;
    private static StatementServer duckDb;

    @BeforeAll
    static void start() throws Exception {
        trino = TrinoProcess.start(PROJECT);
        try (Connection connection = DriverManager.getConnection(trino.url("trino"), login());
                Statement statement = connection.createStatement()) {
            for (String each : text("src/test/trino/warehouse.sql").split(";")) {
                statement.execute(each);
            }
        }
        duckDb = StatementServer.started(text("demo/credits/warehouse.sql"));
    }

    @AfterAll
    static void stop() {
        if (trino != null) {
            trino.close();
        }
        if (duckDb != null) {
            duckDb.close();
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(PROJECT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties login() {
        Properties login = new Properties();
        login.setProperty("user", "test");
        return login;
    }

    private static QueryEngine engine(String url) {
        return new QueryEngine(url, TrinoTest::login, new Attempts(2, Duration.ofMillis(10)), new SilentMetrics());
    }

    private static Evidence evidence(String url) {
        FraudQuery query = ((LookerSql.Verify) LookerSql.read(text("demo/credits/look.sql"))).query();
        try (QueryEngine engine = engine(url)) {
            return new EvidenceQueries(engine, TrinoTest::text, Duration.ofMinutes(2), Duration.ofMinutes(2))
                    .collect(query);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"trino", "presto"})
    void trino_says_what_duckdb_says_and_the_amount_is_the_worked_examples(String driver) {
        Evidence found = evidence(trino.url(driver));
        assertThat(found)
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .withComparatorForType(Comparator.naturalOrder(), BigDecimal.class)
                .isEqualTo(evidence(duckDb.jdbcUrl()));
        CalculationInput input = found.input();
        assertThat(CreditCalculation.of(input, Choices.OURS).amount()).isEqualTo("7253.76");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trino", "presto"})
    void what_would_write_is_refused_by_the_read_only_connection(String driver) {
        try (QueryEngine engine = engine(trino.url(driver))) {
            List<Row> before = engine.rows(query("SELECT COUNT(*) AS n FROM public.mcc_country"));
            assertThatThrownBy(() -> engine.rows(query("INSERT INTO public.mcc_country VALUES ('LT', '246')")))
                    .extracting("exitCode")
                    .isEqualTo(ExitCode.DATA_REFUSED);
            assertThat(engine.rows(query("SELECT COUNT(*) AS n FROM public.mcc_country")))
                    .isEqualTo(before);
        }
    }

    @Test
    void at_its_deadline_a_query_is_cancelled_in_the_cluster() throws Exception {
        String endless = "SELECT COUNT(*) AS endless FROM UNNEST(sequence(1, 10000)) AS a(x)"
                + " CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y) CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z)"
                + " WHERE x * y % 7 = z";
        try (QueryEngine engine = engine(trino.url("trino"))) {
            assertThatThrownBy(
                            () -> engine.rows(new WarehouseQuery("endless", endless, List.of(), Duration.ofSeconds(5))))
                    .hasMessage("query endless: cancelled after 5 s, its deadline");
            String running = "SELECT state FROM system.runtime.queries WHERE query LIKE '%AS endless FROM%'"
                    + " AND query NOT LIKE '%runtime%' AND state = 'RUNNING'";
            long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!engine.rows(query(running)).isEmpty()) {
                assertThat(System.nanoTime()).as("it goes on").isLessThan(patience);
                Thread.sleep(200);
            }
        }
    }

    @Test
    void a_wrong_query_is_told_from_a_cluster_in_trouble() {
        try (QueryEngine engine = engine(trino.url("trino"))) {
            assertThatThrownBy(() -> engine.rows(query("SELECT nothing FROM public.mcc_country")))
                    .hasMessageContaining("refused by the warehouse")
                    .extracting("exitCode")
                    .isEqualTo(ExitCode.DATA_REFUSED);
        }
    }

    private static WarehouseQuery query(String sql) {
        return new WarehouseQuery("test", sql, List.of(), Duration.ofMinutes(1));
    }
}
