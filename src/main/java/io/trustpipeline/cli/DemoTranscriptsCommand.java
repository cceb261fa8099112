package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.RunIds;
import io.trustpipeline.transcripts.jobs.Job;
import io.trustpipeline.transcripts.jobs.JobKeys;
import io.trustpipeline.transcripts.jobs.JobRequest;
import io.trustpipeline.transcripts.jobs.Publication;
import io.trustpipeline.transcripts.publish.ClassReading;
import io.trustpipeline.transcripts.score.Skill;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code demo transcripts}: three lessons through everything, on servers of its own, and what a pupil showed. */
@Command(
        name = "transcripts",
        description =
                "Scores three made-up lessons on embedded PostgreSQL, DynamoDB, SQS and S3, and shows a pupil's skills.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoTranscriptsCommand implements Callable<Integer> {
    private static final String CLASS = "demo-7b";
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 2);
    private static final List<String> LESSONS = List.of("bridges.txt", "debate.vtt", "garden.csv");
    private static final UUID PUPIL = UUID.fromString("3f6a0b52-77c5-4c6e-9d53-0d9a3c5f1a01");
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        Installation installation = Installation.current();
        console.line("Starting PostgreSQL, DynamoDB Local and ElasticMQ on this computer …");
        try (LocalServers servers = LocalServers.start(installation.embeddedClassPath())) {
            Settings settings = provisioned(servers);
            try (TranscriptsApplication application = TranscriptsApplication.start(settings, true)) {
                run(application, installation.demoTranscripts(), console);
            }
        }
        return ExitCode.DONE.status();
    }

    private Settings provisioned(LocalServers servers) {
        Settings settings = place.settings(servers.settings());
        servers.provision(LocalProvisioning.of(settings));
        return settings;
    }

    private static void run(TranscriptsApplication application, Path folder, Console console) throws Exception {
        JsonNode roster =
                new JsonMapper().readTree(folder.resolve("roster.json").toFile());
        List<Job> begun = new ArrayList<>();
        for (int day = 0; day < LESSONS.size(); day++) {
            begun.add(application.submit(
                    request(application, roster, LESSONS.get(day), FIRST_DAY.plusDays(day)),
                    folder.resolve(LESSONS.get(day))));
        }
        for (Job job : begun) {
            Job ended = application.await(job.jobId(), LONGEST);
            console.line("%s, %s: %s, %d lines, %d pupils scored by %s"
                    .formatted(
                            ended.request().fileName(),
                            ended.date(),
                            ended.state().code(),
                            ended.lineCount(),
                            ended.scoredStudents().size(),
                            ended.request().modelVersion()));
            Publication.requireSucceeded(ended);
        }
        show(application.reading(), console);
    }

    private static JobRequest request(
            TranscriptsApplication application, JsonNode roster, String file, LocalDate date) {
        String id = RunIds.next(Clock.systemUTC(), new SecureRandom());
        return new JobRequest(
                id,
                id,
                JobKeys.raw("demo", CLASS, date, id, file),
                file,
                CLASS,
                date,
                roster,
                "demo",
                "demo",
                application.analysisMode(),
                application.modelVersion());
    }

    private static void show(ClassReading reading, Console console) {
        console.line("");
        console.line("What Ana showed (0 to 100; a dash is no evidence, which is no score):");
        for (ObjectNode lesson : reading.history(PUPIL, LESSONS.size(), 0)) {
            console.line("");
            console.line("  " + lesson.get("assessed_on").textValue());
            List<ObjectNode> quotes =
                    reading.evidence(UUID.fromString(lesson.get("assessment_id").textValue()));
            for (Skill skill : Skill.values()) {
                JsonNode score = lesson.get(skill.code());
                String shown = score.isNull() ? "-" : score.decimalValue().toPlainString();
                console.line("    %-16s %s".formatted(skill.code().replace('_', ' '), shown));
                quotes.stream()
                        .filter(quote -> quote.get("skill").textValue().equals(skill.code()))
                        .forEach(quote -> console.line("        %s: %s"
                                .formatted(quote.get("span_location").textValue(), marked(quote))));
            }
        }
        console.line("");
        console.line("The class in March, averages and momentum:");
        reading.dashboard(CLASS).get("windows").forEach(metric -> {
            if (metric.get("window_start")
                    .textValue()
                    .equals(FIRST_DAY.withDayOfMonth(1).toString())) {
                console.line("    %-26s %s"
                        .formatted(
                                metric.get("metric_name").textValue(),
                                metric.get("metric_value").asText()));
            }
        });
    }

    /** The quote in its words, between guillemets. */
    private static String marked(ObjectNode quote) {
        String context = quote.get("context").textValue();
        String text = quote.get("span_text").textValue();
        return context.replaceFirst("(?s)" + Pattern.quote(text), "«" + Matcher.quoteReplacement(text) + "»")
                .replaceAll("\\s+", " ");
    }
}
