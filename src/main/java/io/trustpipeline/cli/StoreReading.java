package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.report.FoundSpan;
import io.trustpipeline.report.Reporter;
import io.trustpipeline.report.SpanTable;
import io.trustpipeline.report.ThresholdTuning;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Explanation;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.NearObjects;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunIndex;
import io.trustpipeline.run.RunLayout;
import io.trustpipeline.run.Verification;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.score.TriedThreshold;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbMessage;
import io.trustpipeline.table.ParquetRows;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Looks at runs without changing anything, also beside a program that is running one. */
final class StoreReading implements AutoCloseable {
    private final Settings settings;
    private final OpenStore store;
    private final Workspace workspace;

    private StoreReading(Settings settings, OpenStore store, Workspace workspace) {
        this.settings = settings;
        this.store = store;
        this.workspace = workspace;
    }

    static StoreReading open(Settings settings) {
        Path scratch = settings.run()
                .home()
                .resolve("work/reading-" + ProcessHandle.current().pid());
        return new StoreReading(
                settings, OpenStore.forReading(settings, TrustApplication.PREFIX), new Workspace(scratch));
    }

    RunIndex index() {
        return new RunIndex(store.objects(), TrustApplication.PREFIX);
    }

    Explanation explanation() {
        return new Explanation(store.objects(), workspace, TrustApplication.PREFIX);
    }

    Verification verification() {
        return new Verification(store.objects(), workspace, TrustApplication.PREFIX);
    }

    /** Makes reports of runs that have none. */
    Reporter reporter() {
        return new Reporter(store.objects(), workspace);
    }

    /**
     * A run that must exist.
     *
     * @throws PipelineException REQUEST_REFUSED naming the id
     */
    Run run(String runId) {
        RunIndex.Entry entry = index().get(runId);
        RunLayout layout = new RunLayout(store.objects().bucket(), TrustApplication.PREFIX, entry.request());
        return new Run(entry.request(), layout, entry.state(), entry.attempts());
    }

    /** Whether an object is there. */
    boolean has(String key) {
        return store.objects().exists(key);
    }

    /** Where people find an object: as a file when the store is a folder. */
    String place(String key) {
        return place(settings, store.objects().bucket(), key);
    }

    static String place(Settings settings, String bucket, String key) {
        return settings.storage().embedded()
                ? settings.run()
                        .home()
                        .resolve("s3")
                        .resolve(bucket)
                        .resolve(key)
                        .toString()
                : "s3://" + bucket + "/" + key;
    }

    /**
     * A run that has committed.
     *
     * @param runId null for the one that committed last
     * @throws PipelineException REQUEST_REFUSED when there is none, or it has not committed
     */
    Manifest committed(@Nullable String runId) {
        if (runId == null) {
            return index().runs().stream()
                    .flatMap(entry -> entry.manifest().stream())
                    .max(Comparator.comparing(Manifest::committedAt))
                    .orElseThrow(() -> new PipelineException(
                            ExitCode.REQUEST_REFUSED, "no run has committed yet; `run trust` starts one"));
        }
        return index().get(runId)
                .manifest()
                .orElseThrow(() -> new PipelineException(
                        ExitCode.REQUEST_REFUSED,
                        "run_id: \"" + runId + "\" has not committed; its spans count once it has"));
    }

    /** The scored objects of a run as local files. */
    List<Path> scored(Manifest manifest) {
        Run run = run(manifest.runId());
        return manifest.scored().stream()
                .map(object -> workspace.local(run, store.objects(), object))
                .toList();
    }

    /** The scored objects of a run with the spans that it kept aside. */
    List<NearObjects.Shard> shards(Manifest manifest) {
        return new NearObjects(store.objects(), workspace).shards(run(manifest.runId()), manifest);
    }

    /** What another threshold would do to a run. */
    TriedThreshold.Effect effect(Manifest manifest, TriedThreshold tried, List<NearObjects.Shard> shards)
            throws SQLException {
        try (DuckDb database = workspace.database(run(manifest.runId()))) {
            return tried.on(database.connection(), shards);
        }
    }

    /** The texts of some comments, by key. */
    Map<String, String> comments(Manifest manifest, List<NearObjects.Shard> shards, List<String> keys)
            throws SQLException {
        List<Path> files = shards.stream()
                .flatMap(shard -> Stream.of(shard.scored(), shard.near()))
                .filter(Objects::nonNull)
                .toList();
        try (DuckDb database = workspace.database(run(manifest.runId()))) {
            return SpanTable.comments(database.connection(), files, keys);
        }
    }

    /** Spans of a run, with their comments. */
    List<FoundSpan> spans(Manifest manifest, @Nullable String theme, @Nullable String key, int most)
            throws SQLException {
        List<Path> files = scored(manifest);
        if (files.isEmpty()) {
            return List.of();
        }
        try (DuckDb database = workspace.database(run(manifest.runId()))) {
            return new SpanTable(database.connection(), files).find(theme, key, most);
        }
    }

    /** How good the thresholds of a run are, against spans that people marked. */
    Map<String, List<ThresholdTuning.Point>> tuning(Manifest manifest, Path gold) throws SQLException {
        List<Path> files = scored(manifest);
        if (files.isEmpty()) {
            return Map.of();
        }
        Run run = run(manifest.runId());
        Path table = workspace.readable(run, gold, "gold.parquet");
        requireColumns(gold, table);
        try (DuckDb database = workspace.database(run)) {
            return tuning(database, files, gold, table).byTheme();
        }
    }

    private static ThresholdTuning tuning(DuckDb database, List<Path> files, Path gold, Path table) {
        try {
            return new ThresholdTuning(database.connection(), files, table);
        } catch (SQLException e) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    gold + ": theme_start_char and theme_end_char must be whole numbers: " + DuckDbMessage.of(e),
                    e);
        }
    }

    private static void requireColumns(Path gold, Path table) {
        try (ParquetRows rows = ParquetRows.open(table, 1)) {
            for (String column : ThresholdTuning.GOLD_COLUMNS) {
                if (!rows.schema().containsField(column)) {
                    throw new PipelineException(
                            ExitCode.DATA_REFUSED,
                            gold + ": has no column " + column + "; it needs "
                                    + String.join(", ", ThresholdTuning.GOLD_COLUMNS));
                }
            }
        }
    }

    @Override
    public void close() {
        store.close();
        workspace.clear();
    }
}
