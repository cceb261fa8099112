package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds what the run whose rows a recut took up knows of them. */
public final class RecutParents {
    private final ObjectStore store;
    private final RunObjects objects;
    private final RunIndex index;
    private final Workspace workspace;
    private final String prefix;

    public RecutParents(ObjectStore store, Workspace workspace, String prefix) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.index = new RunIndex(store, prefix);
        this.workspace = workspace;
        this.prefix = prefix;
    }

    /**
     * What the parent did with the rows of a shard.
     *
     * @param themes of the parent's plan
     * @param dispositions what the parent's plan said of each row, as a local file
     * @param rejected the rows it rejected, as a local file; null when there are none
     */
    public record Shard(
            List<Plan.Theme> themes,
            Path dispositions,
            @Nullable Path rejected,
            NearObjects.Shard spans) {}

    /** What is known of a shard; empty when the run is no recut, or the parent had other rows there. */
    public Optional<Shard> find(Run run, Plan.Shard shard) {
        String parent = run.request().recutOf();
        return parent == null
                ? Optional.empty()
                : index.find(parent).flatMap(entry -> entry.manifest()
                        .flatMap(manifest ->
                                find(run, new RunLayout(store.bucket(), prefix, entry.request()), manifest, shard)));
    }

    private Optional<Shard> find(Run run, RunLayout parent, Manifest manifest, Plan.Shard shard) {
        Optional<Plan.Shard> planned = objects.read(parent.planKey(), Plan.class).stream()
                .flatMap(plan -> plan.shards().stream())
                .filter(each -> each.number() == shard.number()
                        && each.raw().sha256().equals(shard.raw().sha256()))
                .findFirst();
        Optional<Receipt> receipt = objects.read(parent.receipt(shard.number()), Receipt.class);
        if (planned.isEmpty() || receipt.isEmpty()) {
            return Optional.empty();
        }
        List<StoredObject> rejected = receipt.get().rejected();
        return Optional.of(new Shard(
                manifest.themes(),
                workspace.local(run, store, planned.get().part()),
                rejected.isEmpty() ? null : workspace.local(run, store, rejected.get(0)),
                new NearObjects(store, workspace)
                        .shard(
                                run,
                                parent,
                                receipt.get().scored(),
                                shard.number(),
                                manifest.scored().size())));
    }
}
