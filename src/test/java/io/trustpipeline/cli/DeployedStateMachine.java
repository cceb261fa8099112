package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The trust state machine in the emulator, with what it works on: a bucket, a cluster, a topic and a queue that hears it. */
final class DeployedStateMachine implements AutoCloseable {
    static final String BUCKET = "trust-pipeline";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path DEFINITION = SmallData.PROJECT.resolve("cloudformation/trust.asl.json");
    private static final String ACCOUNT = "000000000000";

    private final AwsEmulator aws;
    private final S3Client s3;
    private final String topicArn;
    private final String queueUrl;
    private final String arn;

    private DeployedStateMachine(AwsEmulator aws, S3Client s3, String topicArn, String queueUrl, String arn) {
        this.aws = aws;
        this.s3 = s3;
        this.topicArn = topicArn;
        this.queueUrl = queueUrl;
        this.arn = arn;
    }

    static DeployedStateMachine in(AwsEmulator aws, int maxConcurrency) throws IOException, InterruptedException {
        S3Client s3 = aws.s3();
        s3.createBucket(bucket -> bucket.bucket(BUCKET));
        String queueUrl = aws.sqs("CreateQueue", Map.of("QueueName", "heard"))
                .path("QueueUrl")
                .asText();
        aws.query("sns", Map.of("Action", "CreateTopic", "Name", "trust"));
        String topicArn = "arn:aws:sns:" + AwsEmulator.REGION + ":" + ACCOUNT + ":trust";
        aws.query(
                "sns",
                Map.of(
                        "Action",
                        "Subscribe",
                        "TopicArn",
                        topicArn,
                        "Protocol",
                        "sqs",
                        "Endpoint",
                        "arn:aws:sqs:" + AwsEmulator.REGION + ":" + ACCOUNT + ":heard"));
        aws.ecs("CreateCluster", Map.of("clusterName", "trust"));
        aws.ecs(
                "RegisterTaskDefinition",
                Map.of(
                        "family",
                        "trust",
                        "containerDefinitions",
                        List.of(Map.of("name", "trust-pipeline", "image", "trust-pipeline", "memory", 512))));
        String definition = definition(Map.ofEntries(
                Map.entry("ClusterArn", "arn:aws:ecs:" + AwsEmulator.REGION + ":" + ACCOUNT + ":cluster/trust"),
                Map.entry("TaskDefinitionArn", "trust:1"),
                Map.entry("ContainerName", "trust-pipeline"),
                Map.entry("Subnets", "subnet-1,subnet-2"),
                Map.entry("SecurityGroups", "sg-1"),
                Map.entry("AssignPublicIp", "DISABLED"),
                Map.entry("DataBucket", BUCKET),
                Map.entry("NotifyTopicArn", topicArn),
                Map.entry("MaxConcurrency", String.valueOf(maxConcurrency)),
                Map.entry("ToleratedFailurePercentage", "0"),
                Map.entry("HeartbeatSeconds", "60"),
                Map.entry("TaskTimeoutSeconds", "300")));
        String arn = aws.stepFunctions(
                        "CreateStateMachine",
                        Map.of(
                                "name",
                                "trust",
                                "definition",
                                definition,
                                "roleArn",
                                "arn:aws:iam::" + ACCOUNT + ":role/states"))
                .path("stateMachineArn")
                .asText();
        return new DeployedStateMachine(aws, s3, topicArn, queueUrl, arn);
    }

    /** The definition as CloudFormation gives it to Step Functions, for an emulator that knows no {@code …Path} of numbers. */
    private static String definition(Map<String, String> substitutions) throws IOException {
        String definition = inNumbers(Files.readString(DEFINITION));
        for (Map.Entry<String, String> each : substitutions.entrySet()) {
            definition = definition.replace("${" + each.getKey() + "}", each.getValue());
        }
        if (definition.contains("${")) {
            throw new IllegalStateException("not substituted: " + definition.substring(definition.indexOf("${")));
        }
        return definition;
    }

    /** {@code "MaxConcurrencyPath": "$.settings.max_concurrency"} as {@code "MaxConcurrency": ${MaxConcurrency}}. */
    static String inNumbers(String definition) {
        return definition
                .replace(
                        "\"MaxConcurrencyPath\": \"$.settings.max_concurrency\"",
                        "\"MaxConcurrency\": ${MaxConcurrency}")
                .replace(
                        "\"ToleratedFailurePercentagePath\": \"$.settings.tolerated_failure_percentage\"",
                        "\"ToleratedFailurePercentage\": ${ToleratedFailurePercentage}")
                .replace(
                        "\"HeartbeatSecondsPath\": \"$.settings.heartbeat_seconds\"",
                        "\"HeartbeatSeconds\": ${HeartbeatSeconds}")
                .replace(
                        "\"TimeoutSecondsPath\": \"$.settings.task_timeout_seconds\"",
                        "\"TimeoutSeconds\": ${TaskTimeoutSeconds}");
    }

    String arn() {
        return arn;
    }

    String topicArn() {
        return topicArn;
    }

    /** Starts an execution and waits for its end. */
    JsonNode execute(String name, String input) throws IOException, InterruptedException {
        return aws.execute(arn, name, input);
    }

    /** The messages that the topic has sent since this was asked last. */
    List<JsonNode> heard() throws IOException, InterruptedException {
        List<JsonNode> messages = new ArrayList<>();
        while (true) {
            JsonNode received = aws.sqs("ReceiveMessage", Map.of("QueueUrl", queueUrl, "MaxNumberOfMessages", 10))
                    .path("Messages");
            if (received.isEmpty()) {
                return messages;
            }
            for (JsonNode message : received) {
                messages.add(JSON.readTree(message.path("Body").asText()));
                aws.sqs(
                        "DeleteMessage",
                        Map.of(
                                "QueueUrl",
                                queueUrl,
                                "ReceiptHandle",
                                message.path("ReceiptHandle").asText()));
            }
        }
    }

    /** The bucket's objects as the home of a laptop would hold them, to be compared with one. */
    void copyTo(Path home) throws IOException {
        Files.createDirectories(home.resolve("outbox"));
        for (S3Object object :
                s3.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents()) {
            Path file = home.resolve("s3").resolve(BUCKET).resolve(object.key());
            Files.createDirectories(file.getParent());
            Files.write(file, read(object.key()));
        }
    }

    byte[] read(String key) {
        return s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asByteArray();
    }

    void delete(String key) {
        s3.deleteObject(object -> object.bucket(BUCKET).key(key));
    }

    /** Puts bytes back as this program had written them. */
    void restore(String key, byte[] bytes) {
        s3.putObject(object -> object.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
    }

    /** What the containers of the cluster know. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.put("TRUST_STORAGE_BUCKET", BUCKET);
        environment.put("TRUST_STORAGE_REGION", AwsEmulator.REGION);
        environment.put("TRUST_STORAGE_ENDPOINT", aws.endpoint().toString());
        environment.put("TRUST_NOTIFY_TOPIC_ARN", topicArn);
        environment.put("TRUST_CLOUD_STATE_MACHINE", arn);
        environment.put("TRUST_MANAGEMENT_PORT", "0");
        return environment;
    }

    @Override
    public void close() {
        s3.close();
    }
}
