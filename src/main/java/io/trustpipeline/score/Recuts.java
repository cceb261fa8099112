package io.trustpipeline.score;

import io.trustpipeline.run.Plan;
import io.trustpipeline.run.Planned;
import io.trustpipeline.run.RecutParents;
import io.trustpipeline.run.Workspace;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Opens what another run found in a shard's rows, where a run is to take that up. */
public final class Recuts {
    private final RecutParents parents;
    private final Workspace workspace;
    private final BooleanSupplier recommends;

    /** @param recommends whether there is a recommend model; asked when a recut is opened */
    public Recuts(RecutParents parents, Workspace workspace, BooleanSupplier recommends) {
        this.parents = parents;
        this.workspace = workspace;
        this.recommends = recommends;
    }

    Optional<Recut> open(Planned planned, Plan.Shard shard) {
        return parents.find(planned.run(), shard)
                .map(parent -> new Recut(
                        parent, planned.plan().themes(), recommends.getAsBoolean(), workspace.database(planned.run())));
    }
}
