package io.trustpipeline.run.model;

import io.trustpipeline.run.KillPoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Explores every interleaving of a few processes and kills. Rows are few: two runs export rows 1 and 2, and 2 and 3, so
 * that each has a row of its own and both want the one between. A process that stands still for long is one that others
 * pass, so zombies are among the interleavings.
 */
class CommitModelTest {
    private static final List<Stored> TWO_RUNS = List.of(Stored.nothing(0b011), Stored.nothing(0b110));

    @Test
    void every_kill_point_of_the_program_is_a_step_of_the_model() {
        assertThat(Arrays.stream(Step.values()).map(Step::done)).containsExactly(KillPoint.values());
    }

    @Test
    void one_run_that_is_killed_ten_times_keeps_every_promise() {
        holds(world(Actor.started(0, 10)));
    }

    @Test
    void two_processes_at_one_run_keep_every_promise() {
        holds(world(Actor.started(0, 1), Actor.started(0, 1)));
    }

    @Test
    void two_runs_of_one_client_keep_every_promise() {
        holds(world(Actor.started(0, 1), Actor.started(1, 1)));
    }

    @Tag("crash")
    @Test
    void two_processes_at_one_run_and_a_run_beside_them_keep_every_promise() {
        holds(world(Actor.started(0, 1), Actor.started(0, 0), Actor.started(1, 1)));
    }

    @Test
    void marking_a_shard_before_writing_it_is_found_out() {
        Exploration broken =
                Exploration.of(Protocol.with(Step.PUT_RECEIPT, Step.PUT_SCORED), world(Actor.started(0, 1)));
        assertThat(broken.broken())
                .containsKeys(
                        Invariant.NOTHING_IS_MARKED_BEFORE_IT_IS_WRITTEN,
                        Invariant.READERS_NEVER_SEE_HALF_A_RUN,
                        Invariant.IN_THE_END_NO_ROW_IS_LOST);
    }

    @Test
    void writing_the_ledger_before_the_data_is_found_out() {
        Exploration broken =
                Exploration.of(Protocol.with(Step.PUT_LEDGER, Step.PUT_SCORED), world(Actor.started(0, 1)));
        assertThat(broken.broken()).containsKey(Invariant.NOTHING_IS_MARKED_BEFORE_IT_IS_WRITTEN);
    }

    @Test
    void publishing_before_the_ledger_is_found_out() {
        Exploration broken =
                Exploration.of(Protocol.with(Step.PUT_MANIFEST, Step.PUT_LEDGER), world(Actor.started(0, 1)));
        assertThat(broken.broken()).containsKey(Invariant.READERS_NEVER_SEE_HALF_A_RUN);
    }

    @Test
    void committing_without_a_turn_is_found_to_double_rows() {
        Exploration broken =
                Exploration.of(Protocol.without(Step.TAKE_TURN), world(Actor.started(0, 0), Actor.started(1, 0)));
        assertThat(broken.broken()).containsKey(Invariant.NO_ROW_IS_DOUBLED);
    }

    private static void holds(World first) {
        Exploration all = Exploration.of(Protocol.OURS, first);
        System.out.println("model: " + all.worlds() + " worlds, " + all.ends() + " ends, "
                + first.actors().size() + " processes");
        assertThat(all.broken()).isEmpty();
        assertThat(all.ends()).isPositive();
    }

    private static World world(Actor... actors) {
        return new World(TWO_RUNS, List.of(), List.of(actors));
    }
}
