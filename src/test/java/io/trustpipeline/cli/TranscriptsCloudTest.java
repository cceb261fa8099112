package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.cli.TranscriptServers.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The state machine of transcripts, executed in the emulator with processes of this program. */
@Tag("cloud")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TranscriptsCloudTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ACCOUNT = "000000000000";
    private static final String BUCKET = "lessons";
    private static final String JOBS = "lessons-jobs";
    private static final long VISIBILITY_SECONDS = 5;

    @TempDir
    static Path folder;

    private static EmulatedCloud cloud;
    private static World world;
    private static Map<String, String> environment;
    private static FargateDouble fargate;
    private static String stateMachine;

    @BeforeAll
    static void start() throws Exception {
        cloud = EmulatedCloud.start(Files.createDirectory(folder.resolve("installation")));
        world = TranscriptServers.shared().world(folder.resolve("home"));
        AwsEmulator aws = cloud.emulator();
        try (S3Client s3 = aws.s3();
                DynamoDbClient tables = aws.client(DynamoDbClient.builder());
                SqsClient queues = aws.client(SqsClient.builder())) {
            s3.createBucket(bucket -> bucket.bucket(BUCKET));
            new LocalProvisioning(JOBS, "lessons-score", "lessons-aggregate", VISIBILITY_SECONDS).make(tables, queues);
        }
        aws.ecs("CreateCluster", Map.of("clusterName", "lessons"));
        aws.ecs(
                "RegisterTaskDefinition",
                Map.of(
                        "family",
                        "lessons",
                        "containerDefinitions",
                        List.of(Map.of("name", "transcripts", "image", "trust-pipeline", "memory", 512))));
        stateMachine = stateMachine(aws);
        environment = new HashMap<>(aws.environment());
        environment.putAll(Map.of(
                "TRUST_STORAGE_BUCKET",
                BUCKET,
                "TRUST_STORAGE_REGION",
                AwsEmulator.REGION,
                "TRUST_STORAGE_ENDPOINT",
                aws.endpoint().toString(),
                "TRUST_DATABASE_URL",
                world.given().get("trust.database.url"),
                "TRUST_TRANSCRIPTS_TABLE",
                JOBS,
                "TRUST_TRANSCRIPTS_SCORE_QUEUE",
                "lessons-score",
                "TRUST_TRANSCRIPTS_AGGREGATE_QUEUE",
                "lessons-aggregate",
                "TRUST_TRANSCRIPTS_VISIBILITY",
                VISIBILITY_SECONDS + "s",
                "TRUST_MANAGEMENT_PORT",
                "0"));
        environment.put("TRUST_TRANSCRIPTS_PORT", "0");
        environment.put("TRUST_TRANSCRIPTS_TOKEN_KEY", "a key of thirty-two bytes or more, for tests");
        fargate = new FargateDouble(aws, Files.createDirectory(folder.resolve("tasks")), environment);
    }

    private static String stateMachine(AwsEmulator aws) throws Exception {
        String definition = Files.readString(SmallData.PROJECT.resolve("cloudformation/transcripts.asl.json"));
        for (Map.Entry<String, String> each : Map.of(
                        "Cluster", "arn:aws:ecs:" + AwsEmulator.REGION + ":" + ACCOUNT + ":cluster/lessons",
                        "TaskDefinition", "lessons:1",
                        "Subnets", "subnet-1,subnet-2",
                        "SecurityGroup", "sg-1",
                        "JobTable", JOBS)
                .entrySet()) {
            definition = definition.replace("${" + each.getKey() + "}", each.getValue());
        }
        assertThat(definition).doesNotContain("${");
        // People wait for ten seconds between looks, tests for one.
        return aws.stepFunctions(
                        "CreateStateMachine",
                        Map.of(
                                "name",
                                "lessons",
                                "definition",
                                definition.replace("\"Seconds\": 10", "\"Seconds\": 1"),
                                "roleArn",
                                "arn:aws:iam::" + ACCOUNT + ":role/states"))
                .path("stateMachineArn")
                .asText();
    }

    @AfterAll
    static void stop() throws Exception {
        if (fargate != null) {
            fargate.close();
        }
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    @Order(1)
    void a_job_whose_worker_is_killed_is_followed_to_its_published_assessments_and_the_same_input_adds_none()
            throws Exception {
        String input = upload("lesson-1", "bridges.txt", TranscriptServers.roster());
        Map<String, String> killed = new HashMap<>(environment);
        killed.put("TRUST_PAUSE_AT", "AFTER_PUPIL_SCORES");
        killed.put("TRUST_RUN_HOME", folder.resolve("killed").toString());
        Map<String, String> working = new HashMap<>(environment);
        working.put("TRUST_RUN_HOME", folder.resolve("working").toString());
        JsonNode ended;
        try (ProgramProcess doomed = ProgramProcess.start(folder, killed, "transcripts", "serve")) {
            String execution = cloud.emulator()
                    .stepFunctions(
                            "StartExecution", Map.of("stateMachineArn", stateMachine, "name", "first", "input", input))
                    .path("executionArn")
                    .asText();
            assertThat(doomed.prints("paused at AFTER_PUPIL_SCORES")).isTrue();
            assertThat(cloud.emulator()
                            .stepFunctions("DescribeExecution", Map.of("executionArn", execution))
                            .path("status")
                            .asText())
                    .as("nothing is said before it is so")
                    .isEqualTo("RUNNING");
            doomed.kill();
            try (ProgramProcess worker = ProgramProcess.start(folder, working, "transcripts", "serve")) {
                ended = cloud.emulator().execute(stateMachine, "second", input);
                assertThat(ended.path("status").asText())
                        .as(fargate.tasks().toString())
                        .isEqualTo("SUCCEEDED");
                worker.terminate();
                assertThat(worker.end().status()).isZero();
            }
        }
        assertThat(world.query("SELECT student_id FROM assessments")).hasSize(4).doesNotHaveDuplicates();
        Map<String, AttributeValue> job = job("lesson-1");
        assertThat(job.get("status").s()).isEqualTo("succeeded");
        assertThat(Integer.parseInt(job.get("duration_seconds").n())).isPositive();
    }

    @Test
    @Order(2)
    void a_job_without_a_pupil_fails_the_execution_and_says_why_in_its_item() throws Exception {
        JsonNode ended = cloud.emulator()
                .execute(
                        stateMachine,
                        "strangers",
                        upload(
                                "strangers",
                                "bridges.txt",
                                JSON.createArrayNode().add("Nobody")));
        assertThat(ended.path("status").asText()).isEqualTo("FAILED");
        assertThat(ended.path("error").asText()).isEqualTo("JobFailed");
        assertThat(job("strangers").get("error").s()).startsWith("no speaker is a pupil of the roster");
    }

    @Test
    @Order(3)
    void an_input_without_a_roster_starts_no_task() throws Exception {
        int before = fargate.tasks().size();
        JsonNode ended = cloud.emulator().execute(stateMachine, "refused", "{\"job_id\": \"x\"}");
        assertThat(ended.path("error").asText()).isEqualTo("RequestRefused");
        assertThat(fargate.tasks()).hasSize(before);
    }

    /** Puts a lesson where an upload goes. @return the input of an execution */
    private static String upload(String id, String file, JsonNode roster) throws Exception {
        String key = "transcripts/raw/dev/7b/2026-03-02/transcripts/" + id + "_" + file;
        try (S3Client s3 = cloud.emulator().s3()) {
            s3.putObject(
                    put -> put.bucket(BUCKET).key(key), RequestBody.fromFile(TranscriptServers.DEMO.resolve(file)));
        }
        return JSON.writeValueAsString(JSON.createObjectNode()
                .put("job_id", id)
                .put("artifact_id", id)
                .put("input_key", key)
                .put("class_id", "7b")
                .put("date", "2026-03-02")
                .set("metadata", JSON.createObjectNode().set("student_roster", roster)));
    }

    private static Map<String, AttributeValue> job(String id) {
        try (DynamoDbClient tables = cloud.emulator().client(DynamoDbClient.builder())) {
            return tables.getItem(get -> get.tableName(JOBS).key(Map.of("job_id", AttributeValue.fromS(id))))
                    .item();
        }
    }
}
