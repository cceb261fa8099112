package io.trustpipeline.run.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** What must be true of every world, or of every world in which all processes have come to their end. */
enum Invariant {
    NO_ROW_IS_DOUBLED(Invariant::disjoint),
    READERS_NEVER_SEE_HALF_A_RUN(world -> world.runs().stream()
            .filter(Stored::visible)
            .allMatch(run -> run.raw()
                    && run.export()
                    && run.plan() >= 0
                    && run.rejected()
                    && run.scored()
                    && run.receipt()
                    && run.ledger())),
    NOTHING_IS_MARKED_BEFORE_IT_IS_WRITTEN(world -> world.runs().stream()
            .filter(run -> run.ledger() || run.receipt())
            .allMatch(run -> run.scored() && run.rejected())),
    EVERY_ROW_OF_A_VISIBLE_RUN_IS_ACCOUNTED_FOR(world -> world.runs().stream()
            .filter(Stored::visible)
            .allMatch(run -> (run.exported() & ~run.plan() & ~world.ledgered()) == 0)),
    IN_THE_END_NO_ROW_IS_LOST(world -> !ended(world)
            || world.actors().stream()
                    .allMatch(actor -> actor.end() == Actor.End.OVERTAKEN
                            ? !world.runs().get(actor.run()).visible()
                            : (world.runs().get(actor.run()).exported() & ~scored(world)) == 0)),
    IN_THE_END_PEOPLE_WERE_TOLD(world -> !ended(world)
            || world.actors().stream()
                    .filter(actor -> actor.end() == Actor.End.DONE)
                    .map(actor -> world.runs().get(actor.run()))
                    .allMatch(run -> run.sent() && run.manifest() == Stored.State.NOTIFIED));

    private final Predicate<World> holds;

    Invariant(Predicate<World> holds) {
        this.holds = holds;
    }

    static List<Invariant> brokenIn(World world) {
        return Arrays.stream(values()).filter(each -> !each.holds.test(world)).toList();
    }

    private static boolean ended(World world) {
        return world.actors().stream().noneMatch(actor -> actor.end() == Actor.End.RUNNING);
    }

    /** No row is scored by two runs that count. */
    private static boolean disjoint(World world) {
        int seen = 0;
        for (Stored run : world.runs()) {
            if (run.ledger() || run.visible()) {
                if ((seen & run.plan()) != 0) {
                    return false;
                }
                seen |= run.plan();
            }
        }
        return true;
    }

    /** The rows that readers find. */
    private static int scored(World world) {
        int rows = 0;
        for (Stored run : world.runs()) {
            rows |= run.visible() && run.scored() ? run.plan() : 0;
        }
        return rows;
    }
}
