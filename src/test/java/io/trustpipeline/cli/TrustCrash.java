package io.trustpipeline.cli;

import io.trustpipeline.run.KillPoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The trust pipeline with the embedded store.
 *
 * @param before the home as earlier runs left it; copied for each subject
 * @param runId of the run that is killed
 */
record TrustCrash(
        String name,
        Class<?> main,
        Path folder,
        Path before,
        Path comments,
        Path models,
        String runId,
        AtomicInteger subjects)
        implements CrashSubject.Pipeline {

    /** The first run of a client. */
    static TrustCrash first(Path folder) throws Exception {
        return first(folder, TrustPipeline.class);
    }

    /** As {@link #first(Path)}, by a program that wraps the real one. */
    static TrustCrash first(Path folder, Class<?> main) throws Exception {
        Path before = Files.createDirectories(folder.resolve("before"));
        Path comments = SmallData.comments(folder.resolve("comments.csv"), 60);
        Path models = SmallData.models(folder.resolve("models"));
        return new TrustCrash(
                "trust, first run", main, folder, before, comments, models, "crash-001", new AtomicInteger());
    }

    /** A later run, over more comments of which most were scored and one was edited. */
    static TrustCrash second(Path folder) throws Exception {
        Path before = folder.resolve("before");
        Path models = SmallData.models(folder.resolve("models"));
        Path comments = SmallData.comments(folder.resolve("comments.csv"), 40);
        ProgramProcess.Ended first = ProgramProcess.run(folder, request(before, comments, models, "earlier"));
        assertThat(first.status()).as(first.text()).isZero();
        Path more = SmallData.comments(folder.resolve("more.csv"), 60);
        SmallData.replace(more, SmallData.scoredKey(before, "earlier"), "The nurse listened to me and was very kind.");
        return new TrustCrash(
                "trust, later run",
                TrustPipeline.class,
                folder,
                before,
                more,
                models,
                "crash-002",
                new AtomicInteger());
    }

    @Override
    public List<String> killPoints() {
        return places();
    }

    /** In the order in which a run comes by: those of the commit protocol, and those of what it leaves for people. */
    static List<String> places() {
        List<String> places = new ArrayList<>();
        for (KillPoint point : KillPoint.values()) {
            if (point == KillPoint.BEFORE_SCORED_OBJECT) {
                places.add("AFTER_NEAR_OBJECT");
            }
            places.add(point.name());
            if (point == KillPoint.AFTER_COMMITTED) {
                places.addAll(List.of("AFTER_REPORT_FACTS", "AFTER_REPORT"));
            }
        }
        return places;
    }

    @Override
    public CrashSubject fresh() throws IOException {
        Path home = Folders.copy(before, folder.resolve("home-" + subjects.incrementAndGet()));
        String[] request = request(home, comments, models, runId);
        return new CrashSubject() {
            @Override
            public ProgramProcess start(Map<String, String> environment) throws IOException {
                return ProgramProcess.start(main, List.of(), folder, environment, request);
            }

            @Override
            public Object finalState() throws IOException {
                return FinalState.of(home, runId);
            }

            @Override
            public void close() throws IOException {
                Folders.delete(home);
            }
        };
    }

    private static String[] request(Path home, Path comments, Path models, String runId) {
        return SmallData.arguments(
                home, comments, models, "--run-date", "2025-09-26", "--run-id", runId, "--up-id", "7168");
    }
}
