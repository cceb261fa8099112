package io.trustpipeline.cli;

import io.trustpipeline.config.CreditSettings;
import io.trustpipeline.config.Settings;
import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.CreditMetrics;
import io.trustpipeline.credits.calculate.Approval;
import io.trustpipeline.credits.jobs.ChannelPoll;
import io.trustpipeline.credits.jobs.CreditLayout;
import io.trustpipeline.credits.jobs.CreditMessages;
import io.trustpipeline.credits.jobs.CreditSteps;
import io.trustpipeline.credits.jobs.PollLease;
import io.trustpipeline.credits.jobs.Replies;
import io.trustpipeline.credits.slack.SlackChannel;
import io.trustpipeline.ops.EmbeddedMetricFormat;
import io.trustpipeline.ops.Logs;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.RunIds;
import io.trustpipeline.run.RunObjects;
import org.apache.camel.Exchange;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Credits, wired: beans, route, store, Slack, Looker and the warehouse. */
final class CreditsApplication implements AutoCloseable {
    static final String PIPELINE = "credits";

    /** Older requests were answered by people, before there was a program that does. */
    private static final Duration FIRST_LOOK = Duration.ofHours(1);

    private final OpenStore store;
    private final CreditClients clients;
    private final CreditReport report;
    private final PollLease lease;
    private final CamelRuntime camel;

    private CreditsApplication(
            Settings settings,
            OpenStore store,
            CreditClients clients,
            Console console,
            boolean dryRun,
            CreditMetrics metrics)
            throws Exception {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        String runId = RunIds.next(clock, random);
        this.store = store;
        this.clients = clients;
        this.report = new CreditReport(console);
        CreditSettings credits = settings.credits();
        CreditLayout layout = dryRun ? CreditLayout.dryRun(runId) : CreditLayout.real();
        RunObjects objects = new RunObjects(store.objects());
        CreditMessages messages = new CreditMessages(objects, layout);
        SlackChannel channel = clients.channel();
        this.lease = new PollLease(objects, layout, runId, credits.slack().lease(), clock);
        Destination destination = new Destination(settings);
        Map<String, Object> beans = new HashMap<>(destination.beans());
        beans.put(
                "channelPoll",
                new ChannelPoll(
                        channel,
                        messages,
                        objects,
                        layout,
                        credits.slack().keywords(),
                        credits.slack().window(),
                        dryRun ? credits.slack().window() : FIRST_LOOK,
                        metrics,
                        clock));
        beans.put(
                "creditSteps",
                new CreditSteps(
                        messages,
                        clients.links(),
                        clients.runner(objects, layout),
                        new Approval(credits.rules().limit()),
                        dryRun ? new Replies.AsReport(console::line) : new Replies.InSlack(channel),
                        objects,
                        layout,
                        metrics,
                        new Attempts(credits.rules().attempts(), credits.rules().pause()),
                        clock,
                        random));
        beans.put("creditReport", report);
        beans.put("s3", store.client());
        Map<String, String> properties = new HashMap<>(destination.properties());
        properties.put("trust.bucket", store.objects().bucket());
        this.camel = CamelRuntime.start(PIPELINE, beans, properties, settings.management());
    }

    /** @param dryRun computes and prints would-be replies, and says nothing in Slack */
    static CreditsApplication start(Settings settings, Console console, boolean dryRun) throws Exception {
        CreditMetrics metrics = metrics(settings);
        OpenStore store = OpenStore.forWriting(settings, CreditLayout.PREFIX);
        CreditClients clients = new CreditClients(settings, metrics);
        try {
            return new CreditsApplication(settings, store, clients, console, dryRun, metrics);
        } catch (Exception e) {
            clients.close();
            store.close();
            throw e;
        }
    }

    static CreditMetrics metrics(Settings settings) {
        Logs.open(settings.run().home().resolve("logs/trust-pipeline.jsonl"));
        return new CreditFigures(
                new EmbeddedMetricFormat(settings.run().environment(), Clock.systemUTC(), Logs.metrics()));
    }

    /** Looks at the channel once. @return DONE, or why something stays to be done */
    ExitCode poll() throws InterruptedException {
        lease.take();
        Exchange exchange = camel.request("direct:" + PIPELINE, "");
        if (exchange.getException() != null) {
            throw Failure.asPipelineException(exchange.getException());
        }
        return report.takeExitCode();
    }

    @Override
    public void close() {
        lease.close();
        camel.close();
        clients.close();
        store.close();
    }
}
