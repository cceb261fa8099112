package io.trustpipeline.cli;

import io.trustpipeline.faults.DatabaseProxy;
import io.trustpipeline.faults.FaultPlan;
import io.trustpipeline.faults.FaultProxy;
import io.trustpipeline.faults.TopicServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What fails outside, one fault on one call at a time, on the wire: each run completes right, or stops with an error that
 * {@code docs/errors.md} documents and completes right when it is started again. {@code faults.seeds} says how often each
 * pair is tried: three times each is hit once, a few times in a row, and for as long as the first process lasts.
 */
@Tag("faults")
class FaultsTest {
    private static final int SEEDS = Integer.getInteger("faults.seeds", 3);

    @TempDir
    static Path shared;

    private static String comments;
    private static Path models;
    private static FinalState right;
    private static NamedErrors documented;

    private final AtomicInteger runs = new AtomicInteger();

    @BeforeAll
    static void run_once_without_a_fault() throws Exception {
        comments = SmallData.comments(shared.resolve("comments.csv"), 30).toString();
        models = SmallData.models(shared.resolve("models"));
        documented = NamedErrors.documented();
        right = withoutFault(comments);
    }

    private static FinalState withoutFault(String warehouse) throws Exception {
        try (FaultyRun run = new FaultyRun(shared.resolve("right"), models)) {
            ProgramProcess.Ended ended =
                    run.run(warehouse, run.environment(run.store().endpoint()));
            assertThat(ended.status()).as(ended.text()).isZero();
            return run.finalState();
        }
    }

    @Test
    void whatever_the_storage_does_no_row_is_lost_or_doubled() throws Exception {
        List<Callable<FaultTrial.Outcome>> all = new ArrayList<>();
        List<ServiceFault> faults = ServiceFault.ofStorage();
        for (ServiceFault fault : faults) {
            for (int seed = 0; seed < SEEDS; seed++) {
                int times = ServiceFault.times(faults.indexOf(fault) + seed);
                all.add(() -> storage(fault, times));
            }
        }
        FaultTrial.requireNoProblem(all);
    }

    private FaultTrial.Outcome storage(ServiceFault fault, int times) throws Exception {
        FaultPlan plan = new FaultPlan(fault.fault(), fault.call(), 0, times);
        try (FaultyRun run = fresh();
                FaultProxy proxy = new FaultProxy(run.store().endpoint(), plan)) {
            Map<String, String> environment = run.environment(proxy.endpoint());
            return new Trial(run, comments, environment, plan::struck, plan::heal)
                    .run(fault.fault() + " × " + fault.what(), times + " times", documented, right);
        }
    }

    @Test
    void whatever_the_topic_does_people_are_told_the_same_once_or_again() throws Exception {
        List<Callable<FaultTrial.Outcome>> all = new ArrayList<>();
        List<ServiceFault> faults = ServiceFault.ofTopic();
        for (ServiceFault fault : faults) {
            for (int seed = 0; seed < SEEDS; seed++) {
                int times = ServiceFault.times(faults.indexOf(fault) + seed);
                all.add(() -> topic(fault, times));
            }
        }
        FaultTrial.requireNoProblem(all);
    }

    private FaultTrial.Outcome topic(ServiceFault fault, int times) throws Exception {
        FaultPlan plan = new FaultPlan(fault.fault(), fault.call(), 0, times);
        try (FaultyRun run = fresh();
                TopicServer topic = new TopicServer();
                FaultProxy proxy = new FaultProxy(topic.endpoint(), plan)) {
            Map<String, String> environment = run.environment(run.store().endpoint());
            environment.put("TRUST_NOTIFY_TOPIC_ARN", "arn:aws:sns:us-east-2:123456789012:told");
            environment.put("AWS_ENDPOINT_URL_SNS", proxy.endpoint().toString());
            FinalState toTopic = new FinalState(right.objects(), right.manifest(), Map.of());
            FaultTrial.Outcome outcome = new Trial(run, comments, environment, plan::struck, plan::heal)
                    .run(fault.fault() + " × " + fault.what(), times + " times", documented, toTopic);
            List<String> told = topic.messages().stream()
                    .filter(message -> !message.contains("exit_code"))
                    .distinct()
                    .toList();
            assertThat(told).as(outcome.pair()).hasSize(1);
            return outcome;
        }
    }

    @Test
    void whatever_the_warehouse_does_no_row_is_lost_or_doubled() throws Exception {
        try (CommentsDatabase database = CommentsDatabase.start(Path.of(comments))) {
            FinalState fromDatabase = withoutFault(database.url(database.port()));
            List<Callable<FaultTrial.Outcome>> all = new ArrayList<>();
            for (DatabaseProxy.Fault fault : DatabaseProxy.Fault.values()) {
                for (int seed = 0; seed < SEEDS; seed++) {
                    int afterBytes = List.of(300, 800, 2_000).get(seed % 3);
                    all.add(() -> warehouse(database, fault, afterBytes, fromDatabase));
                }
            }
            FaultTrial.requireNoProblem(all);
        }
    }

    private FaultTrial.Outcome warehouse(
            CommentsDatabase database, DatabaseProxy.Fault fault, int afterBytes, FinalState fromDatabase)
            throws Exception {
        try (FaultyRun run = fresh();
                DatabaseProxy proxy = new DatabaseProxy(database.port(), fault, afterBytes)) {
            Map<String, String> environment = run.environment(run.store().endpoint());
            environment.put("TRUST_WAREHOUSE_STATEMENT_TIMEOUT", "2s");
            return new Trial(run, database.url(proxy.port()), environment, proxy::struck, proxy::heal)
                    .run(fault + " × the query", "after " + afterBytes + " bytes", documented, fromDatabase);
        }
    }

    private FaultyRun fresh() throws Exception {
        return new FaultyRun(shared.resolve("run-" + runs.incrementAndGet()), models);
    }

    /** A proxy between, and later none. */
    private record Trial(
            FaultyRun run, String warehouse, Map<String, String> environment, IntSupplier hits, Runnable heal)
            implements FaultTrial {
        @Override
        public ProgramProcess.Ended faulty() throws Exception {
            return run.run(warehouse, environment);
        }

        @Override
        public int struck() {
            return hits.getAsInt();
        }

        @Override
        public ProgramProcess.Ended healed() throws Exception {
            heal.run();
            return run.run(warehouse, environment);
        }

        @Override
        public Object finalState() throws Exception {
            return run.finalState();
        }
    }
}
