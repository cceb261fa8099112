package io.trustpipeline.cli;

import io.trustpipeline.credits.fakes.LookerServer;
import io.trustpipeline.credits.fakes.SlackServer;
import io.trustpipeline.credits.fakes.StatementServer;
import io.trustpipeline.run.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code demo credits}: a request in a Slack of our own, to the reply in its thread. */
@Command(
        name = "credits",
        description = "Answers a made-up request on servers of its own that speak like Slack, Looker and Trino.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCreditsCommand implements Callable<Integer> {
    private static final String CHANNEL = "credit_memo_testing";
    private static final String LOOK = "7";

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        Path folder = Installation.current().demoCredits();
        try (SlackServer slack = SlackServer.started(CHANNEL);
                LookerServer looker = LookerServer.started();
                StatementServer warehouse =
                        StatementServer.started(Files.readString(folder.resolve("warehouse.sql")))) {
            looker.put(LOOK, Files.readString(folder.resolve("look.sql")));
            String request = Files.readString(folder.resolve("request.txt")).strip();
            String ts = slack.write(Instant.now(), request);
            console.line("#" + CHANNEL + ": " + request);
            console.line("");
            long began = System.nanoTime();
            long answered;
            ExitCode exitCode;
            try (CreditsApplication application = CreditsApplication.start(
                    place.settings(settings(slack, looker, warehouse), secrets()), console, false)) {
                exitCode = application.poll();
                answered = System.nanoTime();
            }
            slack.replies(ts).forEach(reply -> console.line("  in its thread: " + reply));
            slack.directMessages().forEach(message -> console.line("  to the reviewer: " + message));
            console.line("");
            console.line("%.1f s from the start of the poll, the warehouse's queries included"
                    .formatted((answered - began) / 1e9));
            return exitCode.status();
        }
    }

    private static Map<String, String> settings(SlackServer slack, LookerServer looker, StatementServer warehouse) {
        return Map.of(
                "trust.credits.slack.api",
                slack.api().toString(),
                "trust.credits.slack.channel",
                CHANNEL,
                "trust.credits.slack.reviewer",
                "U0000002",
                "trust.credits.looker.url",
                looker.address().toString(),
                "trust.credits.looker.host",
                "example.looker.com",
                "trust.credits.looker.client-id",
                LookerServer.CLIENT_ID,
                "trust.credits.warehouse.url",
                warehouse.jdbcUrl());
    }

    private static Map<String, String> secrets() {
        return Map.of(
                "TRUST_CREDITS_SLACK_TOKEN", SlackServer.TOKEN,
                "TRUST_CREDITS_LOOKER_CLIENT_SECRET", LookerServer.CLIENT_SECRET);
    }
}
