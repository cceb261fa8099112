package io.trustpipeline.cli;

import io.trustpipeline.config.CreditSettings;
import io.trustpipeline.config.Secret;
import io.trustpipeline.config.Settings;
import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.CreditMetrics;
import io.trustpipeline.credits.calculate.Choices;
import io.trustpipeline.credits.jobs.AwsJsonClient;
import io.trustpipeline.credits.jobs.CreditLayout;
import io.trustpipeline.credits.jobs.CreditRunner;
import io.trustpipeline.credits.jobs.InProcessRunner;
import io.trustpipeline.credits.jobs.LinkResolution;
import io.trustpipeline.credits.jobs.ProcessingJobLog;
import io.trustpipeline.credits.jobs.ProcessingJobRunner;
import io.trustpipeline.credits.jobs.ProcessingJobs;
import io.trustpipeline.credits.looker.LookerClient;
import io.trustpipeline.credits.slack.SlackChannel;
import io.trustpipeline.credits.warehouse.EvidenceQueries;
import io.trustpipeline.credits.warehouse.QueryEngine;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;
import software.amazon.awssdk.regions.Region;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What credits talk to, made from the settings; each complains of the settings that it lacks. */
final class CreditClients implements AutoCloseable {
    private static final int MOST_CALLS = 4;
    private static final Duration LOOKER_TIMEOUT = Duration.ofSeconds(60);

    private final Settings settings;
    private final CreditMetrics metrics;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    CreditClients(Settings settings, CreditMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    SlackChannel channel() {
        CreditSettings.Slack slack = settings.credits().slack();
        Secret token = required(slack.token(), "slack.token", "the bot's token");
        SlackChannel channel = new SlackChannel(
                slack.api(),
                token::reveal,
                slack.channel(),
                required(slack.reviewer(), "slack.reviewer", "the id of the user who is told of failures"),
                calls());
        opened.push(channel);
        return channel;
    }

    LinkResolution links() {
        CreditSettings.Looker looker = settings.credits().looker();
        String clientId = required(looker.clientId(), "looker.client-id", "the id of an API client");
        Secret secret = required(looker.secret(), "looker.client-secret", "the API client's secret");
        LookerClient client = new LookerClient(
                required(looker.url(), "looker.url", "the address of Looker's API"),
                () -> new LookerClient.Credentials(clientId, secret.reveal()),
                LOOKER_TIMEOUT,
                calls());
        return new LinkResolution(client, looker.linkHost(), metrics);
    }

    EvidenceQueries queries() {
        CreditSettings.Warehouse warehouse = settings.credits().warehouse();
        QueryEngine engine = new QueryEngine(
                required(warehouse.url(), "warehouse.url", "jdbc:presto://host:443/hive/public?SSL=true"),
                () -> login(warehouse),
                calls(),
                metrics);
        opened.push(engine);
        return new EvidenceQueries(
                engine, Installation.current()::text, warehouse.fraudDeadline(), warehouse.deadline());
    }

    private Attempts calls() {
        return new Attempts(MOST_CALLS, settings.credits().rules().callPause());
    }

    private static Properties login(CreditSettings.Warehouse warehouse) {
        Properties login = new Properties();
        login.setProperty("user", warehouse.user().orElse("trust-pipeline"));
        warehouse.password().ifPresent(secret -> login.setProperty("password", secret.reveal()));
        return login;
    }

    InProcessRunner inProcess(RunObjects objects, CreditLayout layout) {
        Choices choices = settings.credits().rules().original() ? Choices.ORIGINAL : Choices.OURS;
        return new InProcessRunner(objects, layout, queries(), choices, Clock.systemUTC());
    }

    /** Processing jobs where an image is named for them, else this process. */
    CreditRunner runner(RunObjects objects, CreditLayout layout) {
        CreditSettings.Job job = settings.credits().job();
        if (job.image().isEmpty()) {
            return inProcess(objects, layout);
        }
        ProcessingJobs jobs = new ProcessingJobs(client(AwsJsonClient.Service.SAGEMAKER, job));
        opened.push(jobs);
        ProcessingJobLog log = new ProcessingJobLog(client(AwsJsonClient.Service.LOGS, job));
        opened.push(log);
        return new ProcessingJobRunner(
                objects,
                layout,
                jobs,
                log,
                new ProcessingJobs.Kind(
                        job.image().get(),
                        required(job.role(), "job.role", "the role's ARN that jobs have"),
                        job.instanceType(),
                        job.cap(),
                        environment()),
                job.poll());
    }

    private AwsJsonClient client(AwsJsonClient.Service service, CreditSettings.Job job) {
        return new AwsJsonClient(service, Region.of(settings.storage().region()), job.endpoint());
    }

    /** What the job's program is told: where things are, never a secret itself. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("TRUST_CREDITS_WAREHOUSE_") && (!name.endsWith("_PASSWORD") || isReference(value))) {
                environment.put(name, value);
            }
        });
        environment.put("TRUST_LOG", "stdout");
        environment.put("TRUST_STORAGE_BUCKET", settings.storage().bucket());
        environment.put("TRUST_STORAGE_REGION", settings.storage().region());
        environment.put(
                "TRUST_CREDITS_ORIGINAL",
                Boolean.toString(settings.credits().rules().original()));
        return environment;
    }

    private static boolean isReference(String value) {
        return value.startsWith("secretsmanager:") || value.startsWith("ssm:");
    }

    private static <T> T required(Optional<T> value, String setting, String right) {
        return value.orElseThrow(() -> new PipelineException(
                ExitCode.CONFIGURATION, "trust.credits." + setting + ": missing; right is " + right));
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                // The process ends anyway.
            }
        }
    }
}
