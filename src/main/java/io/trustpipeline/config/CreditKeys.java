package io.trustpipeline.config;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The settings of credits. */
final class CreditKeys {
    private static final Key<URI> SLACK_API =
            Key.of("trust.credits.slack.api", "https://slack.com/api/", Parsers::endpoint);
    private static final Key<String> CHANNEL = Key.of(
            "trust.credits.slack.channel",
            "credit_memo_testing",
            Parsers.text("#?[\\p{Ll}\\p{N}_-]{1,80}", "a channel's name, such as credit_memo_testing"));
    private static final Key<Secret> TOKEN = Key.secret("trust.credits.slack.token");
    private static final Key<String> REVIEWER = Key.optional(
            "trust.credits.slack.reviewer", Parsers.text("[UW][A-Z0-9]{2,20}", "a user's id, such as U012AB3CD"));
    private static final Key<List<String>> KEYWORDS =
            Key.of("trust.credits.slack.keywords", "credit request, sms pumping", CreditKeys::list);
    private static final Key<Duration> WINDOW = Key.of("trust.credits.slack.window", "168h", Parsers::duration);
    private static final Key<Duration> LEASE = Key.of("trust.credits.slack.lease", "2m", Parsers::duration);

    private static final Key<URI> LOOKER = Key.optional("trust.credits.looker.url", Parsers::endpoint);
    private static final Key<String> LOOKER_HOST = Key.optional(
            "trust.credits.looker.host", Parsers.text("[a-z0-9.-]{1,253}", "a host such as example.looker.com"));
    private static final Key<String> CLIENT_ID = Key.optional("trust.credits.looker.client-id", Parsers::any);
    private static final Key<Secret> CLIENT_SECRET = Key.secret("trust.credits.looker.client-secret");

    private static final Key<String> WAREHOUSE = Key.optional(
            "trust.credits.warehouse.url",
            Parsers.text(
                    "jdbc:(presto|trino)://[^\\s@]+",
                    "a URL such as jdbc:presto://host:443/hive/public?SSL=true, without a password"));
    private static final Key<String> USER = Key.optional("trust.credits.warehouse.user", Parsers::any);
    private static final Key<Secret> PASSWORD = Key.secret("trust.credits.warehouse.password");
    private static final Key<Duration> FRAUD_DEADLINE =
            Key.of("trust.credits.warehouse.fraud-deadline", "12m", Parsers::duration);
    private static final Key<Duration> DEADLINE = Key.of("trust.credits.warehouse.deadline", "6m", Parsers::duration);

    private static final Key<BigDecimal> LIMIT = Key.of("trust.credits.limit", "10000", CreditKeys::money);
    private static final Key<Boolean> ORIGINAL = Key.of("trust.credits.original", "false", Parsers::flag);
    private static final Key<Integer> ATTEMPTS = Key.of("trust.credits.attempts", "3", Parsers.integer(1, 100));
    private static final Key<Duration> PAUSE = Key.of("trust.credits.attempt-pause", "5m", Parsers::duration);
    private static final Key<Duration> CALL_PAUSE = Key.of("trust.credits.call-pause", "1s", Parsers::duration);

    private static final Key<String> IMAGE = Key.optional("trust.credits.job.image", Parsers::any);
    private static final Key<String> ROLE = Key.optional(
            "trust.credits.job.role", Parsers.text("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+", "a role's ARN"));
    private static final Key<String> INSTANCE = Key.of(
            "trust.credits.job.instance-type", "ml.m5.xlarge", Parsers.text("ml\\.[a-z0-9.]+", "such as ml.m5.xlarge"));
    private static final Key<Duration> JOB_POLL = Key.of("trust.credits.job.poll", "30s", Parsers::duration);
    private static final Key<Duration> JOB_CAP = Key.of("trust.credits.job.cap", "30m", Parsers::duration);
    private static final Key<URI> JOB_ENDPOINT = Key.optional("trust.credits.job.endpoint", Parsers::endpoint);

    static final List<Key<?>> ALL = List.of(
            SLACK_API,
            CHANNEL,
            TOKEN,
            REVIEWER,
            KEYWORDS,
            WINDOW,
            LEASE,
            LOOKER,
            LOOKER_HOST,
            CLIENT_ID,
            CLIENT_SECRET,
            WAREHOUSE,
            USER,
            PASSWORD,
            FRAUD_DEADLINE,
            DEADLINE,
            LIMIT,
            ORIGINAL,
            ATTEMPTS,
            PAUSE,
            CALL_PAUSE,
            IMAGE,
            ROLE,
            INSTANCE,
            JOB_POLL,
            JOB_CAP,
            JOB_ENDPOINT);

    private CreditKeys() {}

    static CreditSettings read(SettingsReader reader) {
        return new CreditSettings(
                new CreditSettings.Slack(
                        reader.get(SLACK_API),
                        reader.get(CHANNEL),
                        reader.secret(TOKEN),
                        reader.optional(REVIEWER),
                        reader.get(KEYWORDS),
                        reader.get(WINDOW),
                        reader.get(LEASE)),
                new CreditSettings.Looker(
                        reader.optional(LOOKER),
                        reader.optional(LOOKER_HOST),
                        reader.optional(CLIENT_ID),
                        reader.secret(CLIENT_SECRET)),
                new CreditSettings.Warehouse(
                        reader.optional(WAREHOUSE),
                        reader.optional(USER),
                        reader.secret(PASSWORD),
                        reader.get(FRAUD_DEADLINE),
                        reader.get(DEADLINE)),
                new CreditSettings.Rules(
                        reader.get(LIMIT),
                        reader.get(ORIGINAL),
                        reader.get(ATTEMPTS),
                        reader.get(PAUSE),
                        reader.get(CALL_PAUSE)),
                new CreditSettings.Job(
                        reader.optional(IMAGE),
                        reader.optional(ROLE),
                        reader.get(INSTANCE),
                        reader.get(JOB_POLL),
                        reader.get(JOB_CAP),
                        reader.optional(JOB_ENDPOINT)));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static BigDecimal money(String text) {
        try {
            BigDecimal amount = new BigDecimal(text);
            if (amount.signum() >= 0) {
                return amount;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new IllegalArgumentException("must be an amount in dollars such as 10000");
    }
}
