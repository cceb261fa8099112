package io.trustpipeline.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting there is. */
final class Keys {
    static final Key<String> BUCKET = Key.optional(
            "trust.storage.bucket",
            Parsers.text("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "a bucket name: 3 to 63 of a-z, 0-9, '.', '-'"));
    static final Key<URI> ENDPOINT = Key.optional("trust.storage.endpoint", Parsers::endpoint);
    static final Key<String> REGION = Key.of("trust.storage.region", "us-east-2", region());
    static final Key<Boolean> EMBEDDED = Key.optional("trust.storage.embedded", Parsers::flag);

    static final Key<String> WAREHOUSE = Key.optional("trust.warehouse.url", Parsers::warehouse);
    static final Key<String> USER = Key.optional("trust.warehouse.user", Parsers::any);
    static final Key<Secret> PASSWORD = Key.secret("trust.warehouse.password");
    static final Key<String> SQL = Key.optional("trust.warehouse.sql", Parsers::any);
    static final Key<String> WORKGROUP = Key.optional("trust.warehouse.workgroup", Parsers::any);
    static final Key<String> DATABASE = Key.optional("trust.warehouse.database", Parsers::any);
    static final Key<String> WAREHOUSE_REGION = Key.of("trust.warehouse.region", "us-east-2", region());
    static final Key<String> UNLOAD_ROLE = Key.optional(
            "trust.warehouse.unload-role",
            Parsers.text("default|arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+", "a role's ARN, or default"));
    static final Key<String> UNLOAD_OPTIONS = Key.optional("trust.warehouse.unload-options", Parsers::any);
    static final Key<Duration> STATEMENT_TIMEOUT = Key.of("trust.warehouse.statement-timeout", "1h", Parsers::duration);
    static final Key<Integer> FETCH_SIZE = Key.of("trust.warehouse.fetch-size", "1000", Parsers.integer(1, 100_000));
    static final Key<Integer> ROW_LIMIT =
            Key.of("trust.warehouse.row-limit", "2147483647", Parsers.integer(1, Integer.MAX_VALUE));

    static final Key<Integer> ROWS_PER_FILE =
            Key.of("trust.warehouse.rows-per-file", "100000", Parsers.integer(1, 10_000_000));

    static final Key<String> DATABASE_URL = Key.optional(
            "trust.database.url",
            Parsers.text("jdbc:postgresql:\\S+", "a URL such as jdbc:postgresql://host:5432/database"));
    static final Key<String> DATABASE_USER = Key.optional("trust.database.user", Parsers::any);
    static final Key<Secret> DATABASE_PASSWORD = Key.secret("trust.database.password");
    static final Key<Duration> DATABASE_STATEMENT_TIMEOUT =
            Key.of("trust.database.statement-timeout", "1h", Parsers::duration);

    static final Key<String> FEATURES_INPUT = Key.optional("trust.features.input", Parsers::any);
    static final Key<String> FEATURES_TABLE = Key.optional("trust.features.table", tableName());
    static final Key<URI> FEATURES_ENDPOINT = Key.optional("trust.features.table-endpoint", Parsers::endpoint);

    static final Key<String> TRANSCRIPTS_TABLE = Key.optional("trust.transcripts.table", tableName());
    static final Key<URI> TRANSCRIPTS_TABLE_ENDPOINT =
            Key.optional("trust.transcripts.table-endpoint", Parsers::endpoint);
    static final Key<String> SCORE_QUEUE =
            Key.of("trust.transcripts.score-queue", "trust-transcripts-score", queueName());
    static final Key<String> AGGREGATE_QUEUE =
            Key.of("trust.transcripts.aggregate-queue", "trust-transcripts-aggregate", queueName());
    static final Key<URI> QUEUE_ENDPOINT = Key.optional("trust.transcripts.queue-endpoint", Parsers::endpoint);
    static final Key<Duration> VISIBILITY = Key.of("trust.transcripts.visibility", "15m", Parsers::duration);
    static final Key<Path> SKILL_MODEL = Key.optional("trust.transcripts.model", Parsers::path);
    static final Key<Path> CUES = Key.optional("trust.transcripts.cues", Parsers::path);
    static final Key<Secret> TOKEN_KEY = Key.secret("trust.transcripts.token-key");
    static final Key<URI> TOKEN_KEYS = Key.optional("trust.transcripts.token-keys", Parsers::endpoint);
    static final Key<String> TOKEN_ISSUER = Key.optional("trust.transcripts.token-issuer", Parsers::any);
    static final Key<String> TOKEN_AUDIENCE = Key.optional("trust.transcripts.token-audience", Parsers::any);
    static final Key<Integer> API_REQUESTS =
            Key.of("trust.transcripts.requests-a-minute", "6000", Parsers.integer(1, 1_000_000));
    static final Key<Integer> API_PORT = Key.of("trust.transcripts.port", "8080", Parsers.integer(0, 65_535));

    static final Key<String> MODELS = Key.optional("trust.models.location", Parsers::any);
    static final Key<ModelsSettings.LoadMode> LOAD_MODE =
            Key.optional("trust.models.load-mode", Parsers.oneOf(ModelsSettings.LoadMode.class));
    static final Key<Integer> THREADS = Key.optional("trust.models.threads", Parsers.integer(1, 1_024));
    static final Key<Integer> MAX_LENGTH =
            Key.of("trust.models.max-length", "1000000", Parsers.integer(1, 100_000_000));

    static final Key<Double> VCPU_HOUR = Key.of("trust.price.vcpu-hour", "0.04048", Parsers::amount);
    static final Key<Double> GIGABYTE_HOUR = Key.of("trust.price.gigabyte-hour", "0.004445", Parsers::amount);
    static final Key<Double> GIGABYTES = Key.of("trust.price.gigabytes", "4", Parsers::amount);

    static final Key<String> TOPIC = Key.optional(
            "trust.notify.topic-arn",
            Parsers.text("arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[\\w-]{1,256}(\\.fifo)?", "an SNS topic's ARN"));
    static final Key<Path> OUTBOX = Key.optional("trust.notify.folder", Parsers::path);

    static final Key<String> STATE_MACHINE = Key.optional(
            "trust.cloud.state-machine",
            Parsers.text(
                    "arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:stateMachine:[\\w.-]{1,80}", "a state machine's ARN"));
    static final Key<Integer> ONE_TASK_ROWS =
            Key.of("trust.cloud.one-task-rows", "20000", Parsers.integer(0, Integer.MAX_VALUE));

    static final Key<ZoneId> ZONE = Key.of("trust.run.zone", "Europe/London", Parsers::zone);
    static final Key<Path> HOME = Key.of("trust.run.home", ".trust-pipeline", Parsers::path);

    static final Key<Path> ROUTES = Key.optional("trust.run.routes", Parsers::path);

    static final Key<String> ENVIRONMENT =
            Key.of("trust.environment", "local", Parsers.text("[A-Za-z0-9._-]{1,64}", "a name such as dev or prod"));

    static final Key<Duration> POLL = Key.of("trust.serve.poll", "30s", Parsers::duration);
    static final Key<Duration> LEASE = Key.of("trust.serve.lease", "2m", Parsers::duration);
    static final Key<Integer> PAGE_PORT = Key.optional("trust.serve.page-port", Parsers.integer(0, 65_535));
    static final Key<String> SCHEDULE = Key.optional(
            "trust.serve.schedule",
            Parsers.text("\\S+( \\S+){5,6}", "six or seven fields of Quartz's cron, such as 0 0 2 * * ?"));
    static final Key<String> SCHEDULED_REQUEST = Key.of("trust.serve.scheduled-request", "{}", Parsers::any);

    static final Key<String> MANAGEMENT_HOST = Key.of(
            "trust.management.host",
            "127.0.0.1",
            Parsers.text("127\\.\\d+\\.\\d+\\.\\d+|localhost|::1", "a loopback address: 127.0.0.1, ::1 or localhost"));
    static final Key<Integer> MANAGEMENT_PORT = Key.of("trust.management.port", "9876", Parsers.integer(0, 65_535));

    /** Where the parameters of today's stack are, such as {@code /trust_scoring}; they hold unless said otherwise. */
    static final Key<String> PARAMETERS =
            Key.optional("trust.parameters", Parsers.text("(/[\\w.-]+)+", "a path such as /trust_scoring"));

    private static final List<Key<?>> SHARED = List.of(
            BUCKET,
            ENDPOINT,
            REGION,
            EMBEDDED,
            WAREHOUSE,
            USER,
            PASSWORD,
            SQL,
            WORKGROUP,
            DATABASE,
            WAREHOUSE_REGION,
            UNLOAD_ROLE,
            UNLOAD_OPTIONS,
            STATEMENT_TIMEOUT,
            FETCH_SIZE,
            ROW_LIMIT,
            ROWS_PER_FILE,
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            DATABASE_STATEMENT_TIMEOUT,
            FEATURES_INPUT,
            FEATURES_TABLE,
            FEATURES_ENDPOINT,
            TRANSCRIPTS_TABLE,
            TRANSCRIPTS_TABLE_ENDPOINT,
            SCORE_QUEUE,
            AGGREGATE_QUEUE,
            QUEUE_ENDPOINT,
            VISIBILITY,
            SKILL_MODEL,
            CUES,
            TOKEN_KEY,
            TOKEN_KEYS,
            TOKEN_ISSUER,
            TOKEN_AUDIENCE,
            API_REQUESTS,
            API_PORT,
            MODELS,
            LOAD_MODE,
            THREADS,
            MAX_LENGTH,
            VCPU_HOUR,
            GIGABYTE_HOUR,
            GIGABYTES,
            TOPIC,
            OUTBOX,
            STATE_MACHINE,
            ONE_TASK_ROWS,
            ZONE,
            HOME,
            ROUTES,
            ENVIRONMENT,
            POLL,
            LEASE,
            PAGE_PORT,
            SCHEDULE,
            SCHEDULED_REQUEST,
            MANAGEMENT_HOST,
            MANAGEMENT_PORT,
            PARAMETERS);

    static final List<Key<?>> ALL =
            Stream.concat(SHARED.stream(), CreditKeys.ALL.stream()).toList();

    /** The names that today's stack gives its parameters. */
    static final Map<Key<?>, String> PARAMETER_NAMES = Map.of(
            SQL, "/sql",
            BUCKET, "/data_bucket",
            TOPIC, "/notify_topic_arn",
            WORKGROUP, "/redshift/workgroup",
            DATABASE, "/redshift/database",
            UNLOAD_ROLE, "/redshift/unload_role_arn",
            WAREHOUSE_REGION, "/redshift/region");

    private Keys() {}

    private static Key.Parser<String> region() {
        return Parsers.text("[a-z]{2}(-[a-z]+)+-\\d", "a region such as us-east-2");
    }

    private static Key.Parser<String> tableName() {
        return Parsers.text("[A-Za-z0-9_.-]{3,255}", "a table name: 3 to 255 of A-Z, a-z, 0-9, _ . -");
    }

    private static Key.Parser<String> queueName() {
        return Parsers.text("[A-Za-z0-9_-]{1,80}", "a queue's name: 1 to 80 of A-Z, a-z, 0-9, _ -");
    }

    /** The known name that a mistyped one most likely means. */
    static Optional<String> nearest(String name, List<String> known, int farthest) {
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= farthest)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
