package io.trustpipeline.run.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The commit protocol as transitions between worlds. Each is one operation on the store, or none; what happens between two
 * operations of a process may be anything another process does.
 *
 * @param steps in the order in which a process takes them
 */
record Protocol(List<Step> steps) {
    static final Protocol OURS = new Protocol(List.of(Step.values()));

    /** Ours, with one step moved before another. */
    static Protocol with(Step moved, Step before) {
        List<Step> steps = new ArrayList<>(OURS.steps);
        steps.remove(moved);
        steps.add(steps.indexOf(before), moved);
        return new Protocol(List.copyOf(steps));
    }

    /** Ours, without a step. */
    static Protocol without(Step left) {
        return new Protocol(
                Arrays.stream(Step.values()).filter(step -> step != left).toList());
    }

    /** Every world that one step of one process, or one kill, can make of this one. */
    List<World> next(World world) {
        List<World> worlds = new ArrayList<>();
        for (int index = 0; index < world.actors().size(); index++) {
            Actor actor = world.actors().get(index);
            if (actor.end() == Actor.End.RUNNING) {
                worlds.add(step(world, index, actor));
                if (actor.kills() > 0) {
                    worlds.add(world.withActor(index, actor.killedAndStartedAgain()));
                }
            }
        }
        return worlds;
    }

    private World step(World world, int index, Actor actor) {
        if (actor.at() == steps.size()) {
            return world.withActor(index, actor.ended(Actor.End.DONE));
        }
        int run = actor.run();
        Stored stored = world.runs().get(run);
        World passed = world.withActor(index, actor.next());
        return switch (steps.get(actor.at())) {
            case CLAIM -> claimed(world, index, actor, stored);
            case PUT_RAW -> passed.with(run, stored.withRaw());
            case FIX_EXPORT -> passed.with(run, stored.withExport());
            case LOOK_INTO_LEDGER -> lookedIntoLedger(world, index, actor, stored);
            case FIX_PLAN -> fixedPlan(world, index, actor, stored.withPlan(actor.plan(), actor.turn()));
            case SCORE -> stored.receipt() ? skipTo(Step.CHECK_CONSERVATION, world, index, actor) : passed;
            case WRITE_RAW_FILE, FINISH_FILES, GO_ON_TO_SCORED, CHECK_CONSERVATION -> passed;
            case PUT_REJECTED -> passed.with(run, stored.withRejected());
            case PUT_SCORED -> passed.with(run, stored.withScored());
            case PUT_RECEIPT -> passed.with(run, stored.withReceipt());
            case TAKE_TURN -> tookTurn(world, index, actor);
            case PUT_LEDGER -> passed.with(run, stored.withLedger());
            case PUT_MANIFEST -> committed(passed.with(run, stored.withManifest(Stored.State.COMMITTED)), index);
            case SEND_MESSAGE -> passed.with(run, stored.withMessage());
            case MARK_NOTIFIED -> passed.with(run, stored.withManifest(Stored.State.NOTIFIED));
        };
    }

    private World skipTo(Step step, World world, int index, Actor actor) {
        return world.withActor(index, actor.jump(steps.indexOf(step)));
    }

    private World claimed(World world, int index, Actor actor, Stored stored) {
        return switch (stored.manifest()) {
            case NONE -> world.withActor(index, actor.next());
            case COMMITTED -> skipTo(Step.SEND_MESSAGE, world, index, actor);
            case NOTIFIED -> world.withActor(index, actor.jump(steps.size()));
        };
    }

    private static World lookedIntoLedger(World world, int index, Actor actor, Stored stored) {
        for (int other : world.turns()) {
            if (!world.runs().get(other).visible()) {
                return carriedOver(world, other);
            }
        }
        int left = stored.exported() & ~world.ledgered();
        return world.withActor(index, actor.planned(left, world.turns().size()).next());
    }

    private static World fixedPlan(World world, int index, Actor actor, Stored stored) {
        return world.with(actor.run(), stored)
                .withActor(index, actor.planned(stored.plan(), stored.turns()).next());
    }

    private static World tookTurn(World world, int index, Actor actor) {
        if (actor.turn() == world.turns().size()) {
            return world.withTurn(actor.run()).withActor(index, actor.next());
        }
        int holder = world.turns().get(actor.turn());
        if (holder == actor.run()) {
            return world.withActor(index, actor.next());
        }
        Stored other = world.runs().get(holder);
        if (!other.visible()) {
            return carriedOver(world, holder);
        }
        return world.withActor(
                index, (other.plan() & actor.plan()) != 0 ? actor.ended(Actor.End.OVERTAKEN) : actor.lookedAtTurn());
    }

    /** One operation of finishing another process's run. */
    private static World carriedOver(World world, int run) {
        Stored stored = world.runs().get(run);
        return world.with(run, stored.ledger() ? stored.withManifest(Stored.State.COMMITTED) : stored.withLedger());
    }

    /** A process that finds that people were told meanwhile has nothing left to do. */
    private World committed(World world, int index) {
        Actor actor = world.actors().get(index);
        return world.runs().get(actor.run()).manifest() == Stored.State.NOTIFIED
                ? world.withActor(index, actor.jump(steps.size()))
                : world;
    }
}
