package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.RunIds;
import io.trustpipeline.transcripts.api.ApiServer;
import io.trustpipeline.transcripts.api.TokenKeys;
import io.trustpipeline.transcripts.jobs.Job;
import io.trustpipeline.transcripts.jobs.JobKeys;
import io.trustpipeline.transcripts.jobs.JobRequest;
import io.trustpipeline.transcripts.jobs.Publication;
import io.trustpipeline.transcripts.publish.WeekExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code bench transcripts}: class-days through everything, reads by many at once, and an export, on this computer. */
@Command(
        name = "transcripts",
        description =
                "How long class-days of 20,000 words take from upload to published, reads by 50 readers, an export.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BenchTranscriptsCommand implements Callable<Integer> {
    private static final String CLASS = "bench";
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final String KEY = "only this process knows and asks this key";
    private static final int READS_EACH = 40;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "8",
            description = "class-days; ${DEFAULT-VALUE} if left out")
    private int days;

    @Option(
            names = "--words",
            paramLabel = "N",
            defaultValue = "20000",
            description = "a day; ${DEFAULT-VALUE} if left out")
    private int words;

    @Option(names = "--pupils", paramLabel = "N", defaultValue = "30", description = "${DEFAULT-VALUE} if left out")
    private int pupils;

    @Option(names = "--readers", paramLabel = "N", defaultValue = "50", description = "${DEFAULT-VALUE} if left out")
    private int readers;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        try (LocalServers servers = LocalServers.start(Installation.current().embeddedClassPath())) {
            Settings settings = place.settings(servers.settings());
            servers.provision(LocalProvisioning.of(settings));
            try (TranscriptsApplication application = TranscriptsApplication.start(settings, true);
                    TranscriptsApi api = TranscriptsApi.of(application, settings);
                    ApiServer server = ApiServer.start(
                            "127.0.0.1", 0, new TokenKeys.Shared(KEY), Integer.MAX_VALUE, api.operations())) {
                pipeline(application, console);
                reads(server, application, console);
                export(application, console);
            }
        }
        return ExitCode.DONE.status();
    }

    private void pipeline(TranscriptsApplication application, Console console) throws Exception {
        SyntheticLesson lesson = new SyntheticLesson(pupils);
        Path file = Files.createTempFile("lesson", ".txt");
        try {
            Instant started = Instant.now();
            List<Job> begun = new ArrayList<>();
            for (int day = 0; day < days; day++) {
                Files.writeString(file, lesson.text(words, day));
                begun.add(application.submit(request(application, lesson.roster(), MONDAY.plusDays(day % 5)), file));
            }
            for (Job job : begun) {
                Publication.requireSucceeded(application.await(job.jobId(), Duration.ofHours(1)));
            }
            double minutes = Duration.between(started, Instant.now()).toMillis() / 60_000.0;
            console.line("%d class-days of %,d words, %d pupils: %.2f minutes from upload to published"
                    .formatted(days, words, pupils, minutes));
        } finally {
            Files.delete(file);
        }
    }

    private JobRequest request(TranscriptsApplication application, ArrayNode roster, LocalDate date) {
        String id = RunIds.next(Clock.systemUTC(), new SecureRandom());
        return new JobRequest(
                id,
                id,
                JobKeys.raw("bench", CLASS, date, id, "lesson.txt"),
                "lesson.txt",
                CLASS,
                date,
                roster,
                "bench",
                "bench",
                application.analysisMode(),
                application.modelVersion());
    }

    private void reads(ApiServer server, TranscriptsApplication application, Console console)
            throws InterruptedException, ExecutionException {
        List<URI> pages = new ArrayList<>();
        application
                .reading()
                .dashboard(CLASS)
                .get("students")
                .forEach(student -> pages.add(URI.create("http://127.0.0.1:" + server.port() + "/v1/assessments/"
                        + student.get("student_id").textValue())));
        HttpClient client = HttpClient.newHttpClient();
        String token = token();
        Callable<List<Double>> reader = () -> {
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < READS_EACH; i++) {
                millis.add(read(client, pages.get(i % pages.size()), token));
            }
            return millis;
        };
        ExecutorService many = Executors.newFixedThreadPool(readers);
        try {
            many.invokeAll(Collections.nCopies(readers, reader));
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> future : many.invokeAll(Collections.nCopies(readers, reader))) {
                all.addAll(future.get());
            }
            Collections.sort(all);
            console.line("%,d reads by %d readers at once: median %.0f ms, p95 %.0f ms"
                    .formatted(all.size(), readers, all.get(all.size() / 2), all.get(all.size() * 95 / 100)));
        } finally {
            many.shutdownNow();
        }
    }

    private static double read(HttpClient client, URI page, String token) throws IOException, InterruptedException {
        long started = System.nanoTime();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(page)
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("a read was answered with " + answer.statusCode());
        }
        return (System.nanoTime() - started) / 1e6;
    }

    private static void export(TranscriptsApplication application, Console console) throws IOException {
        long started = System.nanoTime();
        StringWriter csv = new StringWriter();
        int rows = new WeekExport(application.reading()).write(CLASS, MONDAY, csv);
        console.line("export of a week, %d assessments: %.2f s".formatted(rows, (System.nanoTime() - started) / 1e9));
    }

    private static String token() {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject("bench")
                        .claim("role", "admin")
                        .issueTime(Date.from(Instant.now()))
                        .expirationTime(Date.from(Instant.now().plusSeconds(3_000)))
                        .build());
        try {
            token.sign(new MACSigner(KEY.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
