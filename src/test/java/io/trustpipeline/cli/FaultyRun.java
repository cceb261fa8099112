package io.trustpipeline.cli;

import io.trustpipeline.store.SharedStore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One trust run in a place of its own, whose storage, topic and warehouse may stand behind a proxy. */
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

    @Override
    public void close() throws Exception {
        store.close();
        Folders.delete(folder);
    }
}
