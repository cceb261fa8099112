package io.trustpipeline.cli;

import io.trustpipeline.chunked.VisitDatabase;
import io.trustpipeline.faults.DatabaseProxy;
import io.trustpipeline.faults.DatabaseProxy.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import static org.assertj.core.api.Assertions.assertThat;

/** A database that breaks off, falls silent, refuses or answers nonsense while its table is updated in chunks. */
@Tag("faults")
class ChunkedFaultsTest {
    private static final int SEEDS = Integer.getInteger("faults.seeds", 3);

    /** What is asked, and how the program says so on the wire. */
    private record Call(String what, String said) {}

    private static final Call CLAIM = new Call("claim the run", "INSERT INTO chunked_ledger\\.run ");
    private static final Call FIND = new Call("find the run", "SELECT run_date, window_start");
    private static final Call DISTRIBUTION = new Call("list the keys", "GROUP BY map\\.\"VisitDate\"");
    private static final List<Call> CALLS = List.of(
            CLAIM,
            new Call("take the picture", "INSERT INTO conflict\\.conflictvisitmaps_temp"),
            DISTRIBUTION,
            new Call("claim a chunk", "RETURNING chunk\\.chunk_id"),
            new Call("update a chunk", "UPDATE conflict\\.conflictvisitmaps AS map\\s+SET \"SameSch"),
            new Call("commit", "COMMIT\\x00"),
            new Call("check", "'rows in the window'"));

    @TempDir
    Path folder;

    @Test
    void whatever_the_database_does_no_row_is_lost_or_updated_twice() throws Exception {
        try (VisitDatabase databases = VisitDatabase.start(200)) {
            Object right = withoutFault(databases);
            NamedErrors documented = NamedErrors.documented();
            List<Callable<FaultTrial.Outcome>> all = new ArrayList<>();
            for (int seed = 0; seed < SEEDS; seed++) {
                for (Call call : CALLS) {
                    all.add(trial(databases, Fault.DROP, call, seed, documented, right));
                    all.add(trial(databases, Fault.SILENCE, call, seed, documented, right));
                }
                all.add(trial(databases, Fault.WRONG_TYPE, FIND, seed, documented, right));
                all.add(trial(databases, Fault.WRONG_TYPE, DISTRIBUTION, seed, documented, right));
                all.add(trial(databases, Fault.REFUSE, new Call("connect", ""), seed, documented, right));
            }
            FaultTrial.requireNoProblem(all);
        }
    }

    private Object withoutFault(VisitDatabase databases) throws Exception {
        try (Trial trial = new Trial(Files.createDirectories(folder.resolve("right")), databases.copy(), null)) {
            ProgramProcess.Ended ended = trial.healed();
            assertThat(ended.status()).as(ended.text()).isZero();
            return trial.finalState();
        }
    }

    private Callable<FaultTrial.Outcome> trial(
            VisitDatabase databases, Fault fault, Call call, int seed, NamedErrors documented, Object right) {
        int times = ServiceFault.times(call.what().length() + seed);
        return () -> {
            String name = fault + "-" + call.what().replace(' ', '-') + "-" + seed;
            String url = databases.copy();
            int port = Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));
            try (DatabaseProxy proxy = fault == Fault.REFUSE
                            ? new DatabaseProxy(port, fault, 0)
                            : new DatabaseProxy(
                                    port,
                                    fault,
                                    call.said(),
                                    2 * seed * (call.what().equals("commit") ? 1 : 0),
                                    times);
                    Trial trial = new Trial(Files.createDirectories(folder.resolve(name)), url, proxy)) {
                return trial.run(fault + " × " + call.what(), times + " times", documented, right);
            }
        };
    }

    /** One update of a database of its own. */
    private record Trial(Path home, String url, DatabaseProxy proxy) implements FaultTrial, AutoCloseable {
        @Override
        public ProgramProcess.Ended faulty() throws Exception {
            String door = url.replaceFirst(":\\d+/", ":" + proxy.port() + "/");
            return run(Map.of("TRUST_DATABASE_STATEMENT_TIMEOUT", "3s"), door);
        }

        @Override
        public int struck() {
            return proxy.struck();
        }

        @Override
        public ProgramProcess.Ended healed() throws Exception {
            if (proxy != null) {
                proxy.heal();
            }
            ChunkedCrash.letLeasesRunOut(url);
            return run(Map.of(), url);
        }

        private ProgramProcess.Ended run(Map<String, String> environment, String door) throws Exception {
            try (ProgramProcess process =
                    ProgramProcess.start(home, environment, ChunkedEtlCrashTest.request(home, door))) {
                return process.end();
            }
        }

        @Override
        public Object finalState() throws Exception {
            return ChunkedCrash.finalState(home, url);
        }

        @Override
        public void close() throws Exception {
            VisitDatabase.drop(url);
            Folders.delete(home);
        }
    }
}
