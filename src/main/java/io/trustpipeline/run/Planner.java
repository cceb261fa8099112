package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The plan stage: looks every exported row up in the ledger and fixes what is to be done with it. The plan is an object
 * of the run; a later attempt takes it as it is.
 */
public final class Planner {
    private final ObjectStore store;
    private final RunObjects objects;
    private final Workspace workspace;
    private final Committer committer;
    private final Supplier<ModelsAtHand> models;
    private final StageTimes times;
    private final Clock clock;
    private final ZoneId zone;

    /** @param models what scores; asked once a run, and once more when it resumes */
    public Planner(
            ObjectStore store,
            Workspace workspace,
            Committer committer,
            Supplier<ModelsAtHand> models,
            StageTimes times,
            Clock clock,
            ZoneId zone) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.workspace = workspace;
        this.committer = committer;
        this.models = models;
        this.times = times;
        this.clock = clock;
        this.zone = zone;
    }

    /** Plans the run, or takes up the plan that an earlier attempt made. */
    public Planned plan(Exported exported) {
        Run run = exported.run();
        Optional<Plan> earlier = objects.read(run.layout().planKey(), Plan.class);
        if (earlier.isPresent()) {
            requireSameThemes(run, earlier.get());
        }
        Plan plan = earlier.orElseGet(() -> make(run, exported.export()));
        KillPoint.AFTER_PLAN.pass();
        return Planned.whole(run, exported.export(), plan);
    }

    /**
     * Passes on what another process planned, if the models here are those that it was planned with.
     *
     * @throws PipelineException DATA_REFUSED naming each theme that differs
     */
    public Planned confirm(Planned planned) {
        requireSameThemes(planned.run(), planned.plan());
        return planned;
    }

    private Plan make(Run run, Export export) {
        ModelsAtHand current = models.get();
        Map<String, Path> ledgers = ledgers(run);
        try (DuckDb database = workspace.database(run)) {
            DispositionTables tables = new DispositionTables(database.connection(), current.themes());
            for (int shard = 0; shard < export.objects().size(); shard++) {
                tables.addRaw(
                        shard, workspace.local(run, store, export.objects().get(shard)));
            }
            tables.decide(List.copyOf(ledgers.values()));
            List<Plan.Shard> shards = new ArrayList<>();
            for (int shard = 0; shard < export.objects().size(); shard++) {
                shards.add(new Plan.Shard(shard, export.objects().get(shard), part(run, shard, tables)));
                KillPoint.AFTER_PLAN_PART.pass();
            }
            Plan plan = new Plan(
                    EngineVersion.current(),
                    LocalDate.now(clock.withZone(zone)),
                    current.themes(),
                    shards,
                    List.copyOf(ledgers.keySet()),
                    tables.alreadyScoredIn(),
                    current.certificate(),
                    times.took(export.rows()));
            return objects.create(run.layout().planKey(), plan)
                    ? plan
                    : objects.read(run.layout().planKey(), Plan.class).orElseThrow();
        } catch (SQLException e) {
            throw Workspace.failed("plan", e);
        }
    }

    private StoredObject part(Run run, int shard, DispositionTables tables) throws SQLException {
        Path file = workspace.fresh(run, "plan-part.parquet");
        long rows = tables.writePart(shard, file);
        String sha256 = Workspace.sha256(file);
        StoredObject part;
        try {
            part = new StoredObject(run.layout().planPart(shard, sha256), rows, Files.size(file), sha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store.putIfAbsent(part.key(), file);
        workspace.adopt(run, file, part);
        return part;
    }

    /** The ledger objects of the client's committed runs, in the order in which they committed. */
    private Map<String, Path> ledgers(Run run) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Manifest manifest : committer.committed(run.layout())) {
            files.put(manifest.ledger().key(), workspace.local(run, store, manifest.ledger()));
        }
        return files;
    }

    private void requireSameThemes(Run run, Plan plan) {
        List<Plan.Theme> planned = plan.themesAsInLedger();
        List<Plan.Theme> current = Plan.asInLedger(models.get().themes());
        if (!current.equals(planned)) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    "run_id: \"" + run.request().runId() + "\" was begun with other models, thresholds or exclusions ("
                            + difference(planned, current)
                            + "); restore them to resume, or use a new run_id");
        }
    }

    private static String difference(List<Plan.Theme> planned, List<Plan.Theme> current) {
        List<String> changed = new ArrayList<>();
        planned.stream()
                .filter(theme -> !current.contains(theme))
                .map(Plan.Theme::name)
                .forEach(changed::add);
        current.stream()
                .filter(theme -> !planned.contains(theme))
                .map(Plan.Theme::name)
                .filter(name -> !changed.contains(name))
                .forEach(changed::add);
        return changed.isEmpty() ? "their order" : String.join(", ", changed);
    }
}
