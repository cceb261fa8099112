package io.trustpipeline.cli;

import io.trustpipeline.store.SharedStore;
import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One run with one fault around it: it must come to its right end, or stop with an error that is documented and come to
 * its right end when it is started again without the fault.
 */
final class FaultyRun implements AutoCloseable {
    static final String RUN_ID = "fault-001";

    private final Path folder;
    private final Path models;
    private final SharedStore store;

    /** @param folder of this run's own; its bucket, home and outbox go there */
    FaultyRun(Path folder, Path models) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.models = models;
        this.store = new SharedStore(folder.resolve("store"));
    }

    /** The fault. */
    interface Surroundings {
        /** Lets a process run while it lasts. @return how it ended */
        ProgramProcess.Ended faulty() throws Exception;

        /** How often the fault fell. */
        int struck();

        /** Lets a process run when it is over. */
        ProgramProcess.Ended healed() throws Exception;
    }

    /** @param problem null when all was as it should be */
    record Outcome(
            String name,
            int struck,
            int status,
            String said,
            @Nullable String problem) {}

    SharedStore store() {
        return store;
    }

    Path folder() {
        return folder;
    }

    /** The environment of a process whose storage is behind this door. */
    Map<String, String> environment(java.net.URI door) {
        Map<String, String> environment = new HashMap<>(store.environment(door));
        environment.put("TRUST_NOTIFY_FOLDER", folder.resolve("outbox").toString());
        return environment;
    }

    ProgramProcess start(Class<?> main, String warehouse, Map<String, String> environment) throws Exception {
        return ProgramProcess.start(
                main,
                List.of(),
                folder,
                environment,
                "run",
                "trust",
                "--home",
                folder.resolve("home").toString(),
                "--warehouse",
                warehouse,
                "--models",
                models.toString(),
                "--run-date",
                "2025-09-26",
                "--run-id",
                RUN_ID,
                "--up-id",
                "7168");
    }

    ProgramProcess.Ended run(String warehouse, Map<String, String> environment) throws Exception {
        try (ProgramProcess process = start(TrustPipeline.class, warehouse, environment)) {
            return process.end();
        }
    }

    FinalState finalState() throws Exception {
        return FinalState.of(store.folder(), folder.resolve("outbox"), RUN_ID).ofCommitted();
    }

    Outcome run(String name, Surroundings surroundings, NamedErrors documented, FinalState right) throws Exception {
        ProgramProcess.Ended first = surroundings.faulty();
        String said = first.lines().stream()
                .filter(line -> line.startsWith("trust-pipeline: "))
                .findFirst()
                .orElse("");
        @Nullable String problem = null;
        if (surroundings.struck() == 0) {
            problem = "the fault did not fall";
        } else if (first.status() != 0 && !documented.has(first)) {
            problem = "not a documented error: " + first.status() + " " + first.text();
        } else if (first.status() != 0) {
            ProgramProcess.Ended second = surroundings.healed();
            if (second.status() != 0) {
                problem = "does not resume: " + second.status() + " " + second.text();
            }
        }
        if (problem == null && !finalState().equals(right)) {
            problem = "the final state is\n" + finalState() + "\nnot\n" + right;
        }
        return new Outcome(name, surroundings.struck(), first.status(), said, problem);
    }

    @Override
    public void close() throws Exception {
        store.close();
        Folders.delete(folder);
    }
}
