package io.trustpipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The trust pipeline as the state machine carries it out: a process each for prepare, two shards and commit. The one that
 * is killed is started again, as Step Functions does; once all have ended, the next start is an execution of its own.
 */
record TasksCrash(Path folder, CommentServer comments, Path models, AtomicInteger subjects)
        implements CrashSubject.Pipeline {
    private static final String RUN_ID = "crash-003";
    private static final String REQUEST = "{\"run_id\": \"" + RUN_ID + "\", \"run_date\": \"2025-09-26\"}";
    private static final int SHARDS = 2;

    static TasksCrash over(Path folder, CommentServer comments) throws IOException {
        Files.writeString(folder.resolve("tasks.properties"), """
                trust.warehouse.url=%s
                trust.warehouse.rows-per-file=32
                trust.cloud.one-task-rows=0
                trust.management.port=0
                """.formatted(comments.url()));
        Path models = SmallData.models(folder.resolve("models"));
        return new TasksCrash(folder, comments, models, new AtomicInteger());
    }

    @Override
    public String name() {
        return "trust, tasks";
    }

    @Override
    public List<String> killPoints() {
        return TrustCrash.places();
    }

    @Override
    public int processes() {
        return SHARDS + 2;
    }

    @Override
    public CrashSubject fresh() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home-" + subjects.incrementAndGet()));
        List<String[]> tasks = new ArrayList<>();
        tasks.add(task(home, "prepare", "--models", models.toString(), "--input", REQUEST));
        for (int shard = 0; shard < SHARDS; shard++) {
            tasks.add(task(
                    home,
                    "score",
                    "--models",
                    models.toString(),
                    "--run-id",
                    RUN_ID,
                    "--shard",
                    String.valueOf(shard)));
        }
        tasks.add(task(home, "commit", "--run-id", RUN_ID));
        return new Subject(folder, home, tasks);
    }

    private String[] task(Path home, String step, String... more) {
        List<String> line = new ArrayList<>(List.of("task", "trust", step));
        line.addAll(List.of("--home", home.toString()));
        line.addAll(List.of("--config", folder.resolve("tasks.properties").toString()));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    private static final class Subject implements CrashSubject {
        private final Path folder;
        private final Path home;
        private final List<String[]> tasks;
        private int next;

        Subject(Path folder, Path home, List<String[]> tasks) {
            this.folder = folder;
            this.home = home;
            this.tasks = tasks;
        }

        @Override
        public ProgramProcess start(Map<String, String> environment) throws IOException {
            return ProgramProcess.start(folder, environment, tasks.get(next));
        }

        @Override
        public boolean more() {
            next = (next + 1) % tasks.size();
            return next > 0;
        }

        /** Without the lists of shards that each execution maps over. */
        @Override
        public Object finalState() throws IOException {
            FinalState all = FinalState.of(home, RUN_ID);
            Map<String, String> objects = new TreeMap<>(all.objects());
            objects.keySet().removeIf(key -> key.contains("/shards-"));
            return new FinalState(objects, all.manifest(), all.messages());
        }

        @Override
        public void close() throws IOException {
            Folders.delete(home);
        }
    }
}
