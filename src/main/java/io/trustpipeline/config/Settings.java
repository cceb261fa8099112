package io.trustpipeline.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The whole configuration, valid. */
public record Settings(
        Storage storage,
        WarehouseSettings warehouse,
        DatabaseSettings database,
        FeatureSettings features,
        TranscriptSettings transcripts,
        CreditSettings credits,
        ModelsSettings models,
        PriceSettings prices,
        NotifySettings notifications,
        CloudSettings cloud,
        RunSettings run,
        ServeSettings serve,
        Management management) {
    private static final String EMBEDDED_BUCKET = "trust-pipeline";

    /**
     * Reads and checks all settings. References are looked up now, those of secrets when they are used.
     *
     * @throws ConfigurationException with every problem there is
     * @throws io.trustpipeline.run.PipelineException UNAVAILABLE when a reference cannot be looked up for now
     */
    public static Settings load(Sources sources, SecretReferences references) {
        SettingsReader reader = new SettingsReader(sources, references);
        RunSettings run = new RunSettings(
                reader.get(Keys.ZONE),
                absolute(sources, reader.get(Keys.HOME)),
                reader.optional(Keys.ROUTES).map(path -> absolute(sources, path)),
                reader.get(Keys.ENVIRONMENT));
        Settings settings = new Settings(
                storage(reader),
                warehouse(reader),
                new DatabaseSettings(
                        reader.optional(Keys.DATABASE_URL),
                        reader.optional(Keys.DATABASE_USER),
                        reader.secret(Keys.DATABASE_PASSWORD),
                        reader.get(Keys.DATABASE_STATEMENT_TIMEOUT)),
                new FeatureSettings(
                        reader.optional(Keys.FEATURES_INPUT),
                        reader.optional(Keys.FEATURES_TABLE),
                        reader.optional(Keys.FEATURES_ENDPOINT)),
                transcripts(reader),
                CreditKeys.read(reader),
                models(reader),
                new PriceSettings(
                        reader.get(Keys.VCPU_HOUR), reader.get(Keys.GIGABYTE_HOUR), reader.get(Keys.GIGABYTES)),
                notifications(sources, reader, run),
                new CloudSettings(reader.optional(Keys.STATE_MACHINE), reader.get(Keys.ONE_TASK_ROWS)),
                run,
                new ServeSettings(
                        reader.get(Keys.POLL),
                        reader.get(Keys.LEASE),
                        reader.optional(Keys.PAGE_PORT),
                        reader.optional(Keys.SCHEDULE),
                        reader.get(Keys.SCHEDULED_REQUEST)),
                new Management(reader.get(Keys.MANAGEMENT_HOST), reader.get(Keys.MANAGEMENT_PORT)));
        reader.throwProblems();
        return settings;
    }

    private static Storage storage(SettingsReader reader) {
        Optional<String> bucket = reader.optional(Keys.BUCKET);
        boolean embedded = reader.optional(Keys.EMBEDDED).orElse(bucket.isEmpty());
        if (!embedded && bucket.isEmpty()) {
            reader.problem(Keys.EMBEDDED, "without the embedded store, set trust.storage.bucket");
        }
        Optional<URI> endpoint = reader.optional(Keys.ENDPOINT);
        if (embedded && endpoint.isPresent()) {
            reader.problem(Keys.ENDPOINT, "the embedded store has its own; set trust.storage.bucket as well");
        }
        return new Storage(bucket.orElse(EMBEDDED_BUCKET), endpoint.orElse(null), reader.get(Keys.REGION), embedded);
    }

    private static WarehouseSettings warehouse(SettingsReader reader) {
        return new WarehouseSettings(
                reader.optional(Keys.WAREHOUSE),
                reader.optional(Keys.USER),
                reader.secret(Keys.PASSWORD),
                reader.optional(Keys.SQL),
                reader.optional(Keys.WORKGROUP),
                reader.optional(Keys.DATABASE),
                reader.get(Keys.WAREHOUSE_REGION),
                reader.optional(Keys.UNLOAD_ROLE),
                reader.optional(Keys.UNLOAD_OPTIONS),
                reader.get(Keys.STATEMENT_TIMEOUT),
                reader.get(Keys.FETCH_SIZE),
                reader.get(Keys.ROW_LIMIT),
                reader.get(Keys.ROWS_PER_FILE));
    }

    private static TranscriptSettings transcripts(SettingsReader reader) {
        return new TranscriptSettings(
                reader.optional(Keys.TRANSCRIPTS_TABLE),
                reader.optional(Keys.TRANSCRIPTS_TABLE_ENDPOINT),
                reader.get(Keys.SCORE_QUEUE),
                reader.get(Keys.AGGREGATE_QUEUE),
                reader.optional(Keys.QUEUE_ENDPOINT),
                reader.get(Keys.VISIBILITY),
                reader.optional(Keys.SKILL_MODEL),
                reader.optional(Keys.CUES),
                reader.secret(Keys.TOKEN_KEY),
                reader.optional(Keys.TOKEN_KEYS),
                reader.optional(Keys.TOKEN_ISSUER),
                reader.optional(Keys.TOKEN_AUDIENCE),
                reader.get(Keys.API_PORT),
                reader.get(Keys.API_REQUESTS));
    }

    private static ModelsSettings models(SettingsReader reader) {
        int threads = reader.optional(Keys.THREADS).orElse(Runtime.getRuntime().availableProcessors());
        return new ModelsSettings(
                reader.optional(Keys.MODELS), reader.optional(Keys.LOAD_MODE), threads, reader.get(Keys.MAX_LENGTH));
    }

    private static NotifySettings notifications(Sources sources, SettingsReader reader, RunSettings run) {
        Path folder = reader.optional(Keys.OUTBOX)
                .map(path -> absolute(sources, path))
                .orElse(run.home().resolve("outbox"));
        return new NotifySettings(reader.optional(Keys.TOPIC), folder);
    }

    private static Path absolute(Sources sources, Path path) {
        return sources.workingFolder().resolve(path).toAbsolutePath().normalize();
    }
}
