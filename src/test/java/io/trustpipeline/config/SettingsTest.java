package io.trustpipeline.config;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SettingsTest {
    private static final String SECRET = "correct horse";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> overrides = new HashMap<>();
    private @Nullable Path file;
    private AwsJsonPeer aws;

    @BeforeEach
    void start() throws IOException {
        aws = new AwsJsonPeer();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private Settings load() {
        return Settings.load(
                new Sources(folder, file, environment, overrides),
                new SecretReferences(environment, "us-east-2", aws.endpoint()));
    }

    private ConfigurationException problems() {
        return catchThrowableOfType(ConfigurationException.class, this::load);
    }

    private void properties(String text) throws IOException {
        Files.writeString(folder.resolve("trust-pipeline.properties"), text);
    }

    @Test
    void nothing_has_to_be_configured() {
        Settings settings = load();

        assertThat(settings.storage()).isEqualTo(new Storage("trust-pipeline", null, "us-east-2", true));
        assertThat(settings.run())
                .isEqualTo(new RunSettings(
                        ZoneId.of("Europe/London"), folder.resolve(".trust-pipeline"), Optional.empty(), "local"));
        assertThat(settings.notifications().folder()).isEqualTo(folder.resolve(".trust-pipeline/outbox"));
        assertThat(settings.management()).isEqualTo(new Management("127.0.0.1", 9876));
        assertThat(settings.warehouse().rowLimit()).isEqualTo(Integer.MAX_VALUE);
        assertThat(settings.warehouse().statementTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.models().threads()).isPositive();
        assertThat(aws.requests()).isZero();
    }

    @Test
    void the_file_the_environment_and_the_command_line_win_in_that_order() throws IOException {
        properties("trust.run.zone = Asia/Tokyo\ntrust.warehouse.fetch-size=2\ntrust.models.threads=2\n");
        environment.put("TRUST_WAREHOUSE_FETCH_SIZE", "3");
        environment.put("TRUST_MODELS_THREADS", "3");
        overrides.put("trust.models.threads", "4");

        Settings settings = load();

        assertThat(settings.run().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(settings.warehouse().fetchSize()).isEqualTo(3);
        assertThat(settings.models().threads()).isEqualTo(4);
    }

    @Test
    void a_file_that_is_named_must_be_there() {
        file = Path.of("mine.properties");

        assertThat(problems()).hasMessageContaining("mine.properties").hasMessageContaining("cannot be read");
    }

    @Test
    void a_bucket_of_ones_own_replaces_the_embedded_store() {
        overrides.put("trust.storage.bucket", "acme-data");
        overrides.put("trust.storage.endpoint", "http://127.0.0.1:9000");

        assertThat(load().storage())
                .isEqualTo(new Storage("acme-data", URI.create("http://127.0.0.1:9000"), "us-east-2", false));
    }

    @Test
    void all_problems_are_listed_together() throws IOException {
        properties("trust.run.zone=Europe/Lundon\ntrust.management.prot=1\n");
        environment.put("TRUST_WAREHOUSE_FETCH_SIZE", "many");
        overrides.put("trust.storage.bucket", "Not A Bucket");

        assertThat(problems())
                .message()
                .contains("The configuration has 4 problems:")
                .contains("trust.run.zone = \"Europe/Lundon\" (" + folder.resolve("trust-pipeline.properties")
                        + "): must be a time zone such as Europe/London")
                .contains("trust.management.prot = \"********\"")
                .contains("no such setting; trust.management.port?")
                .contains("trust.warehouse.fetch-size = \"many\" (TRUST_WAREHOUSE_FETCH_SIZE in the environment): "
                        + "must be a whole number from 1 to 100000")
                .contains("trust.storage.bucket = \"Not A Bucket\" (command line): must be a bucket name");
    }

    @ParameterizedTest
    @CsvSource({
        "trust.storage.endpoint, localhost:9000, an address such as",
        "trust.storage.region, London, a region such as",
        "trust.storage.embedded, yes, true or false",
        "trust.warehouse.unload-role, my-role, a role's ARN",
        "trust.warehouse.unload-role, '', is empty",
        "trust.warehouse.statement-timeout, 10, such as 90s",
        "trust.warehouse.statement-timeout, 0s, such as 90s",
        "trust.warehouse.row-limit, 0, whole number from 1",
        "trust.models.load-mode, some, 'one of sequential, all'",
        "trust.notify.topic-arn, my-topic, SNS topic",
        "trust.management.host, 0.0.0.0, a loopback address",
        "trust.management.port, 65536, whole number from 0 to 65535",
        "trust.storage.embedded, false, set trust.storage.bucket",
        "trust.storage.endpoint, http://127.0.0.1:9000, set trust.storage.bucket"
    })
    void a_wrong_value_says_what_would_be_right(String key, String value, String wanted) {
        overrides.put(key, value);

        assertThat(problems().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.value()).isEqualTo(value);
            assertThat(problem.origin()).isEqualTo("command line");
            assertThat(problem.wanted()).contains(wanted);
        });
    }

    @Test
    void a_mistyped_variable_is_a_problem_and_a_stranger_s_is_not() {
        environment.put("TRUST_STORAGE_BUCKTE", "x");
        environment.put("TRUST_ANCHORS", "x");

        assertThat(problems().problems())
                .singleElement()
                .hasToString("TRUST_STORAGE_BUCKTE = \"********\" (environment): "
                        + "no such setting; TRUST_STORAGE_BUCKET?");
    }

    @Test
    void the_parameters_of_todays_stack_work_by_their_names() {
        aws.parameter("/trust_scoring/sql", "SELECT 1");
        aws.parameter("/trust_scoring/data_bucket", "acme-data");
        aws.parameter("/trust_scoring/notify_topic_arn", "arn:aws:sns:us-east-2:123456789012:trust");
        aws.parameter("/trust_scoring/redshift/workgroup", "analytics");
        aws.parameter("/trust_scoring/redshift/database", "dev");
        aws.parameter("/trust_scoring/redshift/unload_role_arn", "arn:aws:iam::123456789012:role/unload");
        aws.parameter("/trust_scoring/redshift/region", "us-west-2");
        environment.put("TRUST_PARAMETERS", "/trust_scoring");
        overrides.put("trust.warehouse.database", "prod");

        Settings settings = load();

        assertThat(settings.storage().bucket()).isEqualTo("acme-data");
        assertThat(settings.storage().embedded()).isFalse();
        assertThat(settings.notifications().topicArn()).contains("arn:aws:sns:us-east-2:123456789012:trust");
        assertThat(settings.warehouse().sql()).contains("SELECT 1");
        assertThat(settings.warehouse().workgroup()).contains("analytics");
        assertThat(settings.warehouse().database()).contains("prod");
        assertThat(settings.warehouse().unloadRole()).contains("arn:aws:iam::123456789012:role/unload");
        assertThat(settings.warehouse().region()).isEqualTo("us-west-2");
        assertThat(aws.requests()).as("what is overridden is not looked up").isEqualTo(6);
    }

    @Test
    void a_parameter_that_is_not_there_is_a_problem() {
        overrides.put("trust.storage.bucket", "ssm:/elsewhere/bucket");

        assertThat(problems().problems())
                .singleElement()
                .hasToString("trust.storage.bucket = \"ssm:/elsewhere/bucket\" (command line): "
                        + "ParameterNotFound, no /elsewhere/bucket");
    }

    @Test
    void a_service_that_is_down_is_not_a_problem_of_the_configuration() {
        overrides.put("trust.storage.bucket", "ssm:/trust_scoring/data_bucket");
        aws.answerWith(500);

        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(PipelineException.class, thrown -> assertThat(thrown.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageStartingWith("Could not look up /trust_scoring/data_bucket");
    }

    @ParameterizedTest
    @CsvSource({"password, correct horse", "port, 5439", "ratio, 0.10", "id, 12345678901234567890", "tls, true"})
    void a_field_of_a_secret_may_be_of_any_plain_type(String field, String value) {
        aws.secret(
                "redshift-access",
                "{\"password\":\"correct horse\",\"port\":5439,\"ratio\":0.10,\"id\":12345678901234567890,\"tls\":true}");
        environment.put("TRUST_WAREHOUSE_PASSWORD", "secretsmanager:redshift-access#" + field);

        assertThat(load().warehouse().password().orElseThrow().reveal()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "secretsmanager:redshift-access#none, the secret has no field none",
        "secretsmanager:redshift-access#nested, the secret has no field nested",
        "secretsmanager:text#password, 'the secret is not JSON, so it has no field password'",
        "secretsmanager:none, 'ResourceNotFoundException, no none'",
        "env:NONE, the environment has no NONE",
        "env:EMPTY, what it refers to is empty"
    })
    void a_secret_that_is_not_there_is_named_when_it_is_used(String reference, String reason) {
        aws.secret("redshift-access", "{\"password\":\"correct horse\",\"nested\":{}}");
        aws.secret("text", SECRET);
        environment.put("EMPTY", " ");
        environment.put("TRUST_WAREHOUSE_PASSWORD", reference);

        Secret secret = load().warehouse().password().orElseThrow();

        assertThatThrownBy(secret::reveal)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(reference)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain(SECRET);
    }

    @Test
    void a_secret_is_looked_up_when_it_is_used_and_each_time() {
        aws.secret("redshift-access", SECRET);
        overrides.put("trust.warehouse.password", "secretsmanager:redshift-access");

        Secret secret = load().warehouse().password().orElseThrow();
        assertThat(aws.requests()).isZero();
        assertThat(secret.reveal()).isEqualTo(SECRET);

        aws.secret("redshift-access", "rotated");
        assertThat(secret.reveal()).isEqualTo("rotated");
    }

    @Test
    void a_secret_comes_from_the_environment_but_is_never_printed() {
        environment.put("TRUST_WAREHOUSE_PASSWORD", SECRET);

        Settings settings = load();

        assertThat(settings.warehouse().password().orElseThrow().reveal()).isEqualTo(SECRET);
        assertThat(settings.toString()).contains("********").doesNotContain(SECRET);
    }

    @Test
    void a_secret_in_the_file_or_on_the_command_line_is_refused_and_masked() throws IOException {
        overrides.put("trust.warehouse.password", SECRET);
        assertThat(problems()).hasMessageContaining("env:NAME").message().doesNotContain(SECRET);

        overrides.clear();
        properties("trust.warehouse.password=" + SECRET);
        assertThat(problems())
                .hasMessageContaining("TRUST_WAREHOUSE_PASSWORD")
                .message()
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/x?user=a&password=hush",
        "jdbc:postgresql://ana:hush@db/x",
        "jdbc:redshift:iam://db/x;PWD=hush"
    })
    void a_password_in_the_url_is_refused_and_masked(String url) {
        overrides.put("trust.warehouse.url", url);

        assertThat(problems())
                .hasMessageContaining("set trust.warehouse.password")
                .message()
                .doesNotContain("hush");
    }

    @Test
    void a_misspelt_secret_does_not_show_its_value() {
        overrides.put("trust.warehouse.pasword", SECRET);

        assertThat(problems())
                .hasMessageContaining("trust.warehouse.password?")
                .message()
                .doesNotContain(SECRET);
    }
}
