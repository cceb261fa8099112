package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The laptop's table and DynamoDB keep the same promises. */
class FeatureTableTest {
    private static final LocalDate DAY = LocalDate.parse("2026-02-04");

    private static DynamoPeer dynamo;
    private static int tables;

    @TempDir
    Path folder;

    enum Kind {
        FILE,
        DYNAMO
    }

    @BeforeAll
    static void start() throws Exception {
        dynamo = DynamoPeer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        dynamo.close();
    }

    private FeatureTable table(Kind kind) {
        if (kind == Kind.FILE) {
            return FileFeatureTable.open(folder.resolve("table.duckdb"));
        }
        String name = "features-" + tables++;
        dynamo.createTable(name);
        return DynamoFeatureTable.open(dynamo.client(), name);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_item_comes_back_as_it_was_put_and_what_is_not_known_is_absent(Kind kind) {
        try (FeatureTable table = table(kind)) {
            FeatureItem item = item("2", DAY, 1, Map.of("trip_count_1d", 124066L, "avg_fare_1d", 12.3948138087792));
            assertThat(put(table, item)).isEqualTo(1);
            FeatureItem found = table.latest("2", Dataset.FULL, DAY).orElseThrow();
            assertThat(found).isEqualTo(item);
            assertThat(found.values()).doesNotContainKey("avg_distance_1d");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void neither_a_repeated_put_nor_an_older_one_changes_anything(Kind kind) {
        try (FeatureTable table = table(kind)) {
            FeatureItem second = item("2", DAY, 2, Map.of("n", 2L));
            assertThat(put(table, second)).isEqualTo(1);
            assertThat(put(table, second)).isZero();
            assertThat(put(table, item("2", DAY, 1, Map.of("n", 1L)))).isZero();
            assertThat(table.apply(List.of(new Change.Delete(second.key(), 1)))).isZero();
            assertThat(table.get(List.of(second.key()))).containsExactly(Map.entry(second.key(), second));
            assertThat(put(table, item("2", DAY, 3, Map.of("n", 3L)))).isEqualTo(1);
            assertThat(table.apply(List.of(new Change.Delete(second.key(), 4)))).isEqualTo(1);
            assertThat(table.get(List.of(second.key()))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_batch_goes_on_past_items_that_are_newer_and_takes_the_last_of_a_repeated_key(Kind kind) {
        try (FeatureTable table = table(kind)) {
            put(table, item("7", DAY, 9, Map.of("n", 9L)));
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                changes.add(new Change.Put(item("" + i % 60, DAY, 5, Map.of("n", (long) i))));
            }
            assertThat(table.apply(changes)).isEqualTo(59);
            assertThat(table.latest("7", Dataset.FULL, DAY).orElseThrow().values())
                    .containsEntry("n", 9L);
            assertThat(table.latest("3", Dataset.FULL, DAY).orElseThrow().values())
                    .containsEntry("n", 63L);
            assertThat(table.latest("59", Dataset.FULL, DAY).orElseThrow().values())
                    .containsEntry("n", 59L);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_lookup_sees_the_newest_day_that_is_not_after_the_one_it_asks_for_and_no_trial(Kind kind) {
        try (FeatureTable table = table(kind)) {
            FeatureItem monday = item("2", DAY.minusDays(2), 1, Map.of("n", 1L));
            FeatureItem wednesday = item("2", DAY, 1, Map.of("n", 2L));
            FeatureItem trial =
                    new FeatureItem(new FeatureKey("2", DAY.plusDays(5), Dataset.SMALL), Map.of("n", 3L), "r", 1);
            put(table, monday, wednesday, trial);
            assertThat(table.latest("2", Dataset.FULL, DAY.plusYears(1))).contains(wednesday);
            assertThat(table.latest("2", Dataset.FULL, DAY.minusDays(1))).contains(monday);
            assertThat(table.latest("2", Dataset.FULL, DAY.minusDays(3))).isEmpty();
            assertThat(table.latest("2", Dataset.SMALL, DAY.plusYears(1))).contains(trial);
            assertThat(table.latest("2", Dataset.LARGE, DAY.plusYears(1))).isEmpty();
            assertThat(table.latest("1", Dataset.FULL, DAY)).isEmpty();
        }
    }

    @Test
    void a_throttled_table_takes_everything_in_the_end() {
        try (FeatureTable table = table(Kind.DYNAMO)) {
            int before = dynamo.throttled();
            dynamo.throttle(7);
            assertThat(put(table, item("1", DAY, 1, Map.of("n", 1L)))).isEqualTo(1);
            assertThat(dynamo.throttled() - before).isEqualTo(7);
            dynamo.throttle(2);
            assertThat(table.get(List.of(new FeatureKey("1", DAY, Dataset.FULL))))
                    .hasSize(1);
        }
    }

    @Test
    void a_table_that_takes_nothing_is_given_up_as_unavailable() {
        try (FeatureTable table = table(Kind.DYNAMO)) {
            dynamo.throttle(10_000);
            assertThatThrownBy(() -> put(table, item("1", DAY, 1, Map.of("n", 1L))))
                    .isInstanceOfSatisfying(PipelineException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.UNAVAILABLE));
        } finally {
            dynamo.throttle(0);
        }
    }

    @Test
    void a_table_that_is_not_there_is_a_matter_of_configuration() {
        try (FeatureTable table = DynamoFeatureTable.open(dynamo.client(), "nothing")) {
            assertThatThrownBy(() -> table.latest("1", Dataset.FULL, DAY))
                    .hasMessage("trust.features.table: there is no DynamoDB table nothing");
        }
    }

    private static int put(FeatureTable table, FeatureItem... items) {
        return table.apply(Arrays.stream(items).<Change>map(Change.Put::new).toList());
    }

    private static FeatureItem item(String customer, LocalDate day, long generation, Map<String, Number> values) {
        return new FeatureItem(new FeatureKey(customer, day, Dataset.FULL), values, "run", generation);
    }
}
