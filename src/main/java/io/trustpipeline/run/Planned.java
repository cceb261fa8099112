package io.trustpipeline.run;

import java.util.List;

/**
 * A run whose work is fixed.
 *
 * @param shards what this process is to score of it: every shard, or one that a task was given
 */
public record Planned(Run run, Export export, Plan plan, List<Plan.Shard> shards) {
    public Planned {
        shards = List.copyOf(shards);
    }

    /** All of the run's work. */
    public static Planned whole(Run run, Export export, Plan plan) {
        return new Planned(run, export, plan, plan.shards());
    }

    /** The same run, with less for this process to do. */
    Planned only(List<Plan.Shard> some) {
        return new Planned(run, export, plan, some);
    }

    /** Rows of this process's shards. */
    public long rows() {
        return shards.stream().mapToLong(shard -> shard.raw().rows()).sum();
    }
}
