package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.run.RequestReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The stack of features in the emulator, which knows AWS Batch neither in templates nor in state machines. */
@Tag("cloud")
class FeaturesCloudTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path PROJECT = SmallData.PROJECT;

    private static EmulatedCloud cloud;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cloud = EmulatedCloud.start(folder);
        cloud.change("features", whole -> {
            String without = whole.replaceFirst(
                    "(?s)  JobEnvironment:\n.*?\n\n",
                    EmulatedCloud.stubs("JobEnvironment", "JobQueue", "JobDefinition") + "\n");
            assertThat(without).doesNotContain("AWS::Batch");
            return without;
        });
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
    void features_are_deployed_when_they_are_asked_for_stay_and_leave_their_table_behind() throws Exception {
        assertThat(inEnvironment(
                                78,
                                "deploy",
                                "--yes",
                                "--no-doctor",
                                "-P",
                                "ModelBucket=m",
                                "-P",
                                "DailyFeatures=ENABLED")
                        .err())
                .contains("DailyFeatures: of features", "--parameter FeaturesInput=");
        // The emulator knows neither NAT gateways nor flow logs.
        String[] network = {"-P", "InternetAccess=false", "-P", "FlowLogs=false", "-P", "ModelBucket=models"};
        List<String> first = new ArrayList<>(List.of("deploy", "--yes", "--no-doctor"));
        first.addAll(List.of(network));
        assertThat(inEnvironment(0, first.toArray(String[]::new)).out()).doesNotContain("-features");
        assertThat(inEnvironment(
                                0,
                                "deploy",
                                "--yes",
                                "--no-doctor",
                                "-P",
                                "FeaturesInput=s3://rows/trips/",
                                "-P",
                                "DailyFeatures=ENABLED",
                                "-P",
                                "WeeklyJobSize=16g")
                        .out())
                .contains("trust-pipeline-stg-monitoring: nothing changes", "trust-pipeline-stg-features is there");
        assertThat(inEnvironment(0, "deploy", "--yes", "--no-doctor").out())
                .contains("trust-pipeline-stg-features: nothing changes");
        JsonNode outputs = JSON.readTree(inEnvironment(0, "outputs", "--json").out());
        String table = outputs.path("FeatureTableName").asText();
        assertThat(table).isNotBlank();
        String definition = cloud.emulator()
                .stepFunctions(
                        "DescribeStateMachine",
                        Map.of(
                                "stateMachineArn",
                                outputs.path("FeaturesMachineArn").asText()))
                .path("definition")
                .asText();
        assertThat(definition).contains("\"16384\"", "\"0.5\"").doesNotContain("${");
        assertThat(inEnvironment(0, "destroy", "--yes").out())
                .containsPattern("keep +FeatureTable +" + table)
                .contains("trust-pipeline-stg-features is gone");
    }

    /** What Batch would be told; the program's own reader says whether it is a request. */
    @Test
    void the_state_machine_passes_run_date_variant_and_paths_to_the_job() throws Exception {
        String arn = stateMachine();
        JsonNode scheduled = execute(arn, "e1", "{\"scheduled_time\": \"2026-03-01T02:00:00Z\", \"days_back\": 1}");
        assertThat(scheduled
                        .at("/ContainerOverrides/ResourceRequirements/1/Value")
                        .asText())
                .isEqualTo("2048");
        assertThat(request(scheduled))
                .isEqualTo(JSON.readTree("{\"run_id\": \"scheduled-2026-02-28\", \"run_date\": \"2026-02-28\"}"));
        JsonNode asked = execute(
                arn,
                "e2",
                "{\"run_date\": \"2020-08-18\", \"dataset\": \"small\", \"mode\": \"file\", \"in\": \"s3://rows/it's here/\"}");
        assertThat(request(asked))
                .isEqualTo(JSON.readTree("{\"run_id\": \"e2\", \"run_date\": \"2020-08-18\", \"dataset\": \"small\","
                        + " \"mode\": \"file\", \"in\": \"s3://rows/it's here/\"}"));
        assertThat(request(execute(arn, "e3", "{\"run_id\": \"mine\", \"run_date\": \"2020-08-18\"}"))
                        .path("run_id")
                        .asText())
                .isEqualTo("mine");
        JsonNode weekly = execute(
                arn, "e4", "{\"scheduled_time\": \"2026-03-01T03:00:00Z\", \"days_back\": 1, \"task\": \"training\"}");
        assertThat(weekly.at("/ContainerOverrides/Command"))
                .isEqualTo(JSON.readTree("[\"features\", \"training\", \"--to\", \"2026-02-28\"]"));
        assertThat(weekly.at("/ContainerOverrides/ResourceRequirements/1/Value").asText())
                .isEqualTo("16384");
    }

    private static JsonNode request(JsonNode job) {
        JsonNode command = job.at("/ContainerOverrides/Command");
        assertThat(command).hasSize(4);
        assertThat(command.path(0).asText() + " " + command.path(1).asText() + " "
                        + command.path(2).asText())
                .isEqualTo("run features --input");
        return new RequestReader("features").readObject(command.path(3).asText());
    }

    /** With states that give what they would ask of Batch in the place of those that ask. */
    private static String stateMachine() throws IOException, InterruptedException {
        String definition = Files.readString(PROJECT.resolve("cloudformation/features.asl.json"))
                .replace("${DailyCpu}", "0.5")
                .replace("${DailyMemory}", "2048")
                .replace("${WeeklyCpu}", "4")
                .replace("${WeeklyMemory}", "16384");
        ObjectNode machine = (ObjectNode) JSON.readTree(definition);
        machine.path("States").forEach(state -> {
            if (state.path("Type").asText().equals("Task")) {
                ((ObjectNode) state).put("Type", "Pass").set("Output", state.path("Arguments"));
                ((ObjectNode) state).remove(List.of("Resource", "Arguments", "TimeoutSeconds"));
            }
        });
        return cloud.emulator()
                .stepFunctions(
                        "CreateStateMachine",
                        Map.of(
                                "name",
                                "features",
                                "definition",
                                JSON.writeValueAsString(machine),
                                "roleArn",
                                "arn:aws:iam::000000000000:role/states"))
                .path("stateMachineArn")
                .asText();
    }

    private static JsonNode execute(String arn, String name, String input) throws IOException, InterruptedException {
        JsonNode ended = cloud.emulator().execute(arn, name, input);
        assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        return JSON.readTree(ended.path("output").asText());
    }
}
