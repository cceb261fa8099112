package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.chunked.VisitDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The state machine of the chunked update, executed in an emulator with processes of this program as its tasks. */
@Tag("cloud")
class ChunkedCloudTest {
    private static final String BUCKET = "visits";
    private static final String ACCOUNT = "000000000000";

    @TempDir
    static Path folder;

    private static VisitDatabase databases;
    private static AwsEmulator aws;
    private static FargateDouble fargate;
    private static String url;
    private static String stateMachine;

    @BeforeAll
    static void deploy() throws Exception {
        databases = VisitDatabase.start(3_000);
        url = databases.copy();
        aws = AwsEmulator.start(folder.resolve("emulator.log"));
        try (S3Client s3 = aws.s3()) {
            s3.createBucket(bucket -> bucket.bucket(BUCKET));
        }
        aws.ecs("CreateCluster", Map.of("clusterName", "visits"));
        aws.ecs(
                "RegisterTaskDefinition",
                Map.of(
                        "family",
                        "visits",
                        "containerDefinitions",
                        List.of(Map.of("name", "trust-pipeline", "image", "trust-pipeline", "memory", 512))));
        String definition = Files.readString(SmallData.PROJECT.resolve("cloudformation/chunked-etl.asl.json"));
        for (Map.Entry<String, String> each : Map.of(
                        "Cluster",
                        "arn:aws:ecs:" + AwsEmulator.REGION + ":" + ACCOUNT + ":cluster/visits",
                        "ChunkedTaskDefinition",
                        "visits:1",
                        "SubnetA",
                        "subnet-1",
                        "SubnetB",
                        "subnet-2",
                        "SecurityGroup",
                        "sg-1",
                        "DataBucket",
                        BUCKET)
                .entrySet()) {
            definition = definition.replace("${" + each.getKey() + "}", each.getValue());
        }
        assertThat(definition).doesNotContain("${");
        stateMachine = aws.stepFunctions(
                        "CreateStateMachine",
                        Map.of(
                                "name",
                                "visits",
                                "definition",
                                definition,
                                "roleArn",
                                "arn:aws:iam::" + ACCOUNT + ":role/states"))
                .path("stateMachineArn")
                .asText();
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.put("TRUST_STORAGE_BUCKET", BUCKET);
        environment.put("TRUST_STORAGE_REGION", AwsEmulator.REGION);
        environment.put("TRUST_STORAGE_ENDPOINT", aws.endpoint().toString());
        environment.put("TRUST_DATABASE_URL", url);
        environment.put("TRUST_MANAGEMENT_PORT", "0");
        fargate = new FargateDouble(aws, Files.createDirectory(folder.resolve("tasks")), environment);
    }

    @AfterAll
    static void stop() throws Exception {
        fargate.close();
        aws.close();
        databases.close();
    }

    /** The emulator takes a killed task for one that ended well; what counts is the ledger, which {@code check} reads. */
    @Test
    void a_run_whose_task_was_killed_is_partial_and_the_same_input_makes_the_table_that_a_laptop_s_run_makes()
            throws Exception {
        fargate.killOnce("chunk r1 2", "BEFORE_CHUNK_COMMIT");
        String input = "{\"run_id\": \"r1\", \"run_date\": \"2025-09-26\", \"mode\": \"chunked\"}";
        JsonNode first = aws.execute(stateMachine, "first", input);
        List<FargateDouble.Task> tasks = fargate.tasks();
        assertThat(first.path("status").asText()).as(first + "\n" + tasks).isEqualTo("SUCCEEDED");
        assertThat(tasks)
                .as(first.toString())
                .filteredOn(task -> task.status() == 137)
                .hasSize(1);
        int chunks = tasks.size() - 2;
        assertThat(chunks).as("plan, a task a chunk, check: " + tasks).isGreaterThanOrEqualTo(5);
        assertThat(tasks.get(tasks.size() - 1)).satisfies(check -> {
            assertThat(check.status()).as(check.text()).isEqualTo(75);
            assertThat(check.text()).contains("result PARTIAL");
        });

        VisitDatabase.execute(
                url, "UPDATE chunked_ledger.chunk SET lease_until = clock_timestamp() WHERE status = 'running'");
        JsonNode second = aws.execute(stateMachine, "second", input);
        assertThat(second.path("status").asText()).as(second.toString()).isEqualTo("SUCCEEDED");
        List<FargateDouble.Task> all = fargate.tasks();
        assertThat(all.subList(tasks.size(), all.size()))
                .allSatisfy(task -> assertThat(task.status()).as(task.text()).isZero());
        assertThat(all.get(all.size() - 1).text()).contains("result OK");
        assertThat(VisitDatabase.number(url, "SELECT max(attempts) FROM chunked_ledger.chunk WHERE chunk_id <> 2"))
                .as("chunks that were done are not done again")
                .isEqualTo(1);

        assertThat(VisitDatabase.fingerprint(url))
                .isEqualTo(UninterruptedUpdate.fingerprint(databases, folder.resolve("laptop")));
    }
}
