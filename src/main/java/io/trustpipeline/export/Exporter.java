package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Export;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.LocalObject;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Progress;
import io.trustpipeline.run.Redrives;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunExports;
import io.trustpipeline.run.StageTimes;
import io.trustpipeline.run.StoredObject;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.ObjectEntry;
import io.trustpipeline.store.ObjectStore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The export stage: has the warehouse write the run's rows, or takes those of a redrive out of an earlier run's raw
 * objects, and says which raw objects are the run's. An export whose
 * {@code export.json} stands is never asked for again.
 */
public final class Exporter {
    private final ObjectStore store;
    private final Workspace workspace;
    private final RedrivenRows redriven;
    private final RunExports exports;
    private final Supplier<Warehouse> warehouses;
    private final SqlTemplate template;
    private final long rowLimit;
    private final Progress progress;
    private final StageTimes times;

    /** @param warehouses opens the warehouse, when there is something to export */
    public Exporter(
            ObjectStore store,
            Workspace workspace,
            Redrives redrives,
            Supplier<Warehouse> warehouses,
            SqlTemplate template,
            long rowLimit,
            Progress progress,
            StageTimes times) {
        this.store = store;
        this.workspace = workspace;
        this.redriven = new RedrivenRows(store, workspace, redrives);
        this.exports = new RunExports(store);
        this.warehouses = warehouses;
        this.template = template;
        this.rowLimit = rowLimit;
        this.progress = progress;
        this.times = times;
    }

    /**
     * What the warehouse wrote, not yet verified.
     *
     * @param dialect how it was written
     * @param files local files that are to become raw objects; none when the warehouse wrote objects itself
     * @param keys of all raw objects
     * @param rows as the warehouse counted them
     */
    public record Written(Run run, String dialect, List<LocalObject> files, List<String> keys, long rows) {}

    /** Has the warehouse write, unless an earlier attempt of the run did. */
    public Written export(Run run) {
        if (exports.find(run).isPresent()) {
            return new Written(run, "", List.of(), List.of(), 0);
        }
        progress.stage("export");
        String parent = run.request().redriveOf();
        if (parent != null) {
            Path folder = workspace.freshFolder(run, "export");
            return local(
                    run,
                    "redrive",
                    redriven.write(run, parent, folder),
                    run.layout().rawPrefix() + "batch_");
        }
        String recut = run.request().recutOf();
        if (recut != null) {
            Path folder = workspace.freshFolder(run, "export");
            return local(
                    run,
                    "recut",
                    redriven.writeAll(run, recut, folder),
                    run.layout().rawPrefix() + "batch_");
        }
        Warehouse warehouse = warehouses.get();
        String names = prefix(run, warehouse);
        QueryValues values =
                new QueryValues(run.request().runDate(), run.request().upId(), rowLimit);
        ExportTarget target = new ExportTarget(
                workspace.freshFolder(run, "export"), run.layout().uri(names));
        Exported exported = warehouse.export(template, values, target);
        if (exported instanceof Exported.Files local) {
            return local(run, dialect(warehouse), local, names);
        }
        boolean manifest = exported instanceof Exported.Objects objects && objects.manifest();
        List<String> keys = manifest ? UnloadManifest.read(store, names).keys() : listed(names);
        return new Written(run, dialect(warehouse), List.of(), keys, exported.rows());
    }

    private List<String> listed(String names) {
        try (Stream<ObjectEntry> entries = store.list(names)) {
            return entries.filter(Exporter::isTable).map(ObjectEntry::key).toList();
        }
    }

    /**
     * What the names of this attempt's raw objects begin with. An attempt that was cut off may have left objects; it is
     * not known whether they are complete, or what the warehouse holds by now, so they are left alone.
     */
    private String prefix(Run run, Warehouse warehouse) {
        String plain = run.layout().rawPrefix() + "batch_";
        return warehouse instanceof RedshiftWarehouse && !empty(plain) ? plain + "a" + run.attempt() + "_" : plain;
    }

    private Written local(Run run, String dialect, Exported.Files exported, String prefix) {
        List<LocalObject> files = objects(exported, prefix);
        // Objects of an attempt that was cut off are the run's if they hold the same bytes; else the table changed
        // meanwhile, and this attempt takes names of its own.
        if (files.stream().anyMatch(file -> standsWithOtherBytes(run, file))) {
            files = objects(exported, prefix + "a" + run.attempt() + "_");
        }
        return new Written(
                run, dialect, files, files.stream().map(LocalObject::key).toList(), exported.rows());
    }

    private static List<LocalObject> objects(Exported.Files exported, String prefix) {
        List<LocalObject> objects = new ArrayList<>();
        for (Path file : exported.files()) {
            objects.add(new LocalObject(prefix + "%03d.parquet".formatted(objects.size()), file));
        }
        return objects;
    }

    private boolean standsWithOtherBytes(Run run, LocalObject object) {
        return store.exists(object.key())
                && !workspace.readBack(run, store, object.key()).sha256().equals(Workspace.sha256(object.file()));
    }

    private boolean empty(String prefix) {
        try (Stream<ObjectEntry> entries = store.list(prefix)) {
            return entries.findAny().isEmpty();
        }
    }

    private static boolean isTable(ObjectEntry entry) {
        String name = entry.key().toLowerCase(Locale.ROOT);
        return entry.size() > 0 && (name.endsWith(".parquet") || name.endsWith(".pq"));
    }

    /**
     * Reads the raw objects back, and fixes them as the run's export.
     *
     * @throws PipelineException DATA_REFUSED when they do not hold as many rows as the warehouse wrote
     */
    public io.trustpipeline.run.Exported verify(Written written) {
        Run run = written.run();
        Export export = exports.find(run).orElseGet(() -> exports.create(run, readBack(written)));
        KillPoint.AFTER_EXPORT.pass();
        return new io.trustpipeline.run.Exported(run, export);
    }

    private Export readBack(Written written) {
        List<StoredObject> objects = new ArrayList<>();
        for (String key : written.keys()) {
            objects.add(workspace.readBack(written.run(), store, key));
        }
        for (int i = 0; i < written.files().size(); i++) {
            requireOurs(written.files().get(i), objects.get(i));
        }
        Export export = new Export(written.dialect(), objects, times.took(written.rows()));
        if (export.rows() != written.rows()) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    "export: the warehouse wrote " + written.rows() + " rows but " + export.rows() + " stand in "
                            + written.run().layout().rawPrefix() + "; start the run again");
        }
        return export;
    }

    /** Objects of two attempts that export side by side must not mix: each may hold rows that the other's files lack. */
    private static void requireOurs(LocalObject file, StoredObject object) {
        if (!object.sha256().equals(Workspace.sha256(file.file()))) {
            throw new PipelineException(
                    ExitCode.UNAVAILABLE,
                    object.key() + ": another attempt of this run exports at the same time, and found other rows;"
                            + " start the run again");
        }
    }

    private static String dialect(Warehouse warehouse) {
        return warehouse.getClass().getSimpleName().replace("Warehouse", "").toLowerCase(Locale.ROOT);
    }
}
