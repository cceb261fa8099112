package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The stack of credits in the emulator. */
@Tag("cloud")
class CreditsCloudTest {
    private static EmulatedCloud cloud;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cloud = EmulatedCloud.start(folder);
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private static Invocation inEnvironment(int status, String... words) {
        return cloud.run(status, "stg", words);
    }

    @Test
    void credits_are_deployed_when_they_are_asked_for_stay_and_leave_their_bucket_behind() throws Exception {
        // The emulator knows neither NAT gateways nor flow logs.
        assertThat(inEnvironment(
                                0,
                                "deploy",
                                "--yes",
                                "--no-doctor",
                                "-P",
                                "InternetAccess=false",
                                "-P",
                                "FlowLogs=false",
                                "-P",
                                "ModelBucket=models",
                                "-P",
                                "CreditsWarehouseUrl=jdbc:presto://presto.example.com:443/hive/public?SSL=true",
                                "-P",
                                "SlackReviewer=U0123ABCD",
                                "-P",
                                "LookerUrl=https://looker.example.com:19999",
                                "-P",
                                "LookerHost=example.looker.com",
                                "-P",
                                "LookerClientId=credits",
                                "-P",
                                "CreditsSchedule=ENABLED")
                        .out())
                .contains("trust-pipeline-stg-credits is there");
        assertThat(inEnvironment(0, "deploy", "--yes", "--no-doctor").out())
                .contains("trust-pipeline-stg-credits: nothing changes");
        JsonNode outputs =
                new JsonMapper().readTree(inEnvironment(0, "outputs", "--json").out());
        String bucket = outputs.path("CreditBucketName").asText();
        assertThat(bucket).isNotBlank();
        // A reference to a secret is its ARN in AWS, and its name here.
        assertThat(outputs.path("CreditsSecretArn").asText()).contains("trust-pipeline-stg-credits-Secret");
        assertThat(inEnvironment(0, "destroy", "--yes").out())
                .containsPattern("keep +CreditBucket +" + bucket)
                .contains("trust-pipeline-stg-credits is gone");
    }
}
