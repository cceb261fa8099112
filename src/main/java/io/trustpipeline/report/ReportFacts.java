package io.trustpipeline.report;

import io.trustpipeline.report.RunReport.Command;
import io.trustpipeline.report.RunReport.Earlier;
import io.trustpipeline.report.RunReport.Identity;
import io.trustpipeline.report.RunReport.Rejection;
import io.trustpipeline.report.RunReport.TextLengths;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.StoredObject;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the objects of a committed run, and says what they hold. The same objects give the same facts. */
final class ReportFacts {
    /** More bytes than this of a kind are not read again: such a run is described by its manifest alone. */
    private static final long MOST_BYTES = 2L << 30;

    private static final int REASONS = 20;

    private final ObjectStore store;
    private final Workspace workspace;

    ReportFacts(ObjectStore store, Workspace workspace) {
        this.store = store;
        this.workspace = workspace;
    }

    /** @param before the run that this one is compared with; null when there is none */
    RunReport of(Run run, Manifest manifest, @Nullable Manifest before, @Nullable RunReport reportBefore) {
        try (DuckDb database = workspace.database(run)) {
            Connection connection = database.connection();
            List<Path> scored = local(run, manifest.scored());
            SpanTable spans = scored.isEmpty() ? null : new SpanTable(connection, scored);
            TextLengths lengthsBefore = reportBefore == null ? null : reportBefore.textLengths();
            return new RunReport(
                    RunReport.SCHEMA_VERSION,
                    identity(manifest),
                    manifest.rows(),
                    manifest.alreadyScoredIn(),
                    before == null
                            ? null
                            : new Earlier(
                                    before.runId(),
                                    before.runDate(),
                                    before.rows().scored()),
                    new ThemeTable(manifest, scoredFor(connection, run, manifest), reportBefore).of(spans),
                    TextLengthTable.of(connection, local(run, manifest.raw()), lengthsBefore),
                    spans == null ? List.of() : new Examples(spans, manifest.themes()).choose(),
                    rejections(connection, local(run, manifest.rejected())),
                    manifest.stages(),
                    commands(manifest));
        } catch (SQLException e) {
            throw Workspace.failed("report", e);
        }
    }

    private List<Path> local(Run run, List<StoredObject> objects) {
        long bytes = objects.stream().mapToLong(StoredObject::bytes).sum();
        List<Path> files = new ArrayList<>();
        if (bytes <= MOST_BYTES) {
            objects.forEach(object -> files.add(workspace.local(run, store, object)));
        }
        return files;
    }

    /** The ledger has a row for each comment and theme that the run scored. */
    private Map<String, Long> scoredFor(Connection connection, Run run, Manifest manifest) throws SQLException {
        Map<String, Long> scored = new HashMap<>();
        List<Path> ledger = local(run, List.of(manifest.ledger()));
        if (!ledger.isEmpty()) {
            SpanTable.ask(
                            connection,
                            "SELECT theme, count(*) FROM " + Workspace.table(ledger) + " GROUP BY theme",
                            List.of(),
                            row -> Map.entry(row.getString(1), row.getLong(2)))
                    .forEach(each -> scored.put(each.getKey(), each.getValue()));
        }
        return scored;
    }

    private static Identity identity(Manifest manifest) {
        return new Identity(
                manifest.pipeline(),
                manifest.runId(),
                manifest.runDate(),
                manifest.upId(),
                manifest.redriveOf(),
                manifest.recutOf(),
                manifest.engine(),
                manifest.certificate() == null ? null : manifest.certificate().status(),
                manifest.startedAt(),
                manifest.committedAt(),
                manifest.attempts(),
                manifest.rawPrefix(),
                manifest.scoredPrefix());
    }

    /** Reasons name rows, which would make every one of them another. */
    private static List<Rejection> rejections(Connection connection, List<Path> rejected) throws SQLException {
        if (rejected.isEmpty()) {
            return List.of();
        }
        return SpanTable.ask(
                connection,
                "SELECT stage, regexp_replace(reason, '[0-9]+', 'N', 'g') AS why, count(*) AS number FROM "
                        + Workspace.table(rejected) + " GROUP BY ALL ORDER BY number DESC, stage, why LIMIT " + REASONS,
                List.of(),
                row -> new Rejection(row.getString(1), row.getString(2), row.getLong(3)));
    }

    private static List<Command> commands(Manifest manifest) {
        String run = manifest.runId();
        List<Command> commands = new ArrayList<>();
        if (manifest.rows().rejected() > 0) {
            commands.add(
                    new Command("trust-pipeline redrive " + run, "scores the rejected rows again, and them alone"));
        }
        commands.add(new Command("trust-pipeline spans show " + run, "shows the spans in their sentences"));
        commands.add(new Command("trust-pipeline explain KEY", "says what became of a comment, and why"));
        commands.add(new Command("trust-pipeline verify " + run, "counts the run again from its objects"));
        return commands;
    }
}
