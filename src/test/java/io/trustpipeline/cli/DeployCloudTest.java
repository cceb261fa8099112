package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.doctor.Finding;
import io.trustpipeline.doctor.PermissionCheck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** An environment's life in the emulator: made, examined, changed, removed. The tests build on each other. */
@Tag("cloud")
@TestMethodOrder(OrderAnnotation.class)
class DeployCloudTest {
    private static EmulatedCloud cloud;
    private static AwsEmulator emulator;
    private static JsonNode outputs;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cloud = EmulatedCloud.start(folder);
        emulator = cloud.emulator();
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private static Invocation deploy(String... more) {
        List<String> line = new ArrayList<>(List.of("deploy", "--env", "dev", "--region", AwsEmulator.REGION, "--yes"));
        line.addAll(Arrays.asList(more));
        return Invocation.of(line.toArray(String[]::new));
    }

    private static Invocation inEnvironment(String command, String... more) {
        List<String> line = new ArrayList<>(List.of(command, "--env", "dev", "--region", AwsEmulator.REGION));
        line.addAll(Arrays.asList(more));
        return Invocation.of(line.toArray(String[]::new));
    }

    @Test
    @Order(1)
    void nothing_is_there_at_first_and_that_is_said() {
        for (String command : new String[] {"outputs", "destroy"}) {
            Invocation refused = inEnvironment(command);
            assertThat(refused.status()).isEqualTo(78);
            assertThat(refused.err()).contains("There is no stack trust-pipeline-dev");
        }
    }

    @Test
    @Order(2)
    void missing_and_unknown_parameters_are_named_before_anything_is_made() {
        Invocation missing = deploy("--no-doctor");
        assertThat(missing.status()).as(missing.out()).isEqualTo(78);
        assertThat(missing.err()).contains("--parameter ModelBucket=…");
        Invocation unknown = deploy("--no-doctor", "-P", "ModelBuket=x");
        assertThat(unknown.status()).isEqualTo(78);
        assertThat(unknown.err()).contains("ModelBuket", "ModelBucket");
        assertThat(inEnvironment("outputs").status()).isEqualTo(78);
    }

    @Test
    @Order(3)
    void without_a_terminal_and_without_yes_nothing_changes() {
        Invocation unasked = inEnvironment("deploy", "--no-doctor", "-P", "ModelBucket=models");
        assertThat(unasked.status()).isEqualTo(2);
        assertThat(unasked.out()).contains("trust-pipeline-dev-foundation is new:", "add    Key ");
        assertThat(unasked.err()).contains("--yes");
        assertThat(inEnvironment("outputs").status()).isEqualTo(78);
    }

    @Test
    @Order(4)
    void every_stack_is_made_and_outputs_name_what_people_need() throws Exception {
        // The emulator knows neither NAT gateways nor flow logs.
        Invocation made = deploy(
                "--no-doctor",
                "-P",
                "ModelBucket=models",
                "-P",
                "AlarmAddress=ops@example.org",
                "-P",
                "InternetAccess=false",
                "-P",
                "FlowLogs=false");
        assertThat(made.status()).as(made.out() + made.err()).isZero();
        assertThat(made.out())
                .contains("trust-pipeline-dev-foundation is there", "trust-pipeline-dev-network is there")
                .contains("trust-pipeline-dev-data is there", "trust-pipeline-dev-tasks is there")
                .contains("trust-pipeline-dev is there", "trust-pipeline-dev-serve is there")
                .contains("trust-pipeline-dev-monitoring is there");
        outputs = new JsonMapper().readTree(inEnvironment("outputs", "--json").out());
        assertThat(outputs.path("DataBucketName").asText()).isNotBlank();
        assertThat(outputs.path("NotifyTopicArn").asText()).startsWith("arn:aws:sns:");
        assertThat(outputs.path("StateMachineArn").asText()).startsWith("arn:aws:states:");
    }

    @Test
    @Order(5)
    void parameters_hold_what_was_made() {
        try (SsmClient ssm = emulator.client(SsmClient.builder())) {
            assertThat(ssm.getParameter(request -> request.name("/trust_scoring/data_bucket"))
                            .parameter()
                            .value())
                    .isEqualTo(outputs.path("DataBucketName").asText());
            assertThat(ssm.getParameter(request -> request.name("/trust_scoring/sql"))
                            .parameter()
                            .value())
                    .isEqualTo(Installation.current().sourceQuery());
        }
    }

    @Test
    @Order(6)
    void the_state_machines_have_every_value_filled_in() {
        try (SfnClient sfn = emulator.client(SfnClient.builder())) {
            for (String output : new String[] {"StateMachineArn", "TriggerMachineArn"}) {
                String definition = sfn.describeStateMachine(request ->
                                request.stateMachineArn(outputs.path(output).asText()))
                        .definition();
                assertThat(definition).as(output).contains("StartAt").doesNotContain("${");
            }
        }
    }

    @Test
    @Order(7)
    void a_task_may_add_to_a_run_but_delete_nothing_and_start_nothing() {
        String data = "arn:aws:s3:::" + outputs.path("DataBucketName").asText() + "/trust_scoring/";
        assertThat(mayTask("s3:PutObject", data + "scored/x")).isTrue();
        assertThat(mayTask("s3:DeleteObject", data + "scored/x")).isFalse();
        assertThat(mayTask("s3:PutObject", data.replace("trust_scoring", "elsewhere") + "x"))
                .isFalse();
        assertThat(mayTask(
                        "states:StartExecution", outputs.path("StateMachineArn").asText()))
                .isFalse();
        assertThat(mayTask("iam:PassRole", outputs.path("TaskRoleArn").asText()))
                .isFalse();
    }

    @Test
    @Order(7)
    void the_service_may_move_triggers_and_start_the_state_machine_and_see_no_comments() {
        String data = "arn:aws:s3:::" + outputs.path("DataBucketName").asText() + "/trust_scoring/";
        assertThat(may("ServiceRoleArn", "s3:DeleteObject", data + "triggers/x.json"))
                .isTrue();
        assertThat(may(
                        "ServiceRoleArn",
                        "states:StartExecution",
                        outputs.path("StateMachineArn").asText()))
                .isTrue();
        assertThat(may("ServiceRoleArn", "s3:GetObject", data + "raw/x")).isFalse();
        assertThat(may("ServiceRoleArn", "s3:DeleteObject", data + "ledger/x")).isFalse();
    }

    private static boolean mayTask(String action, String resource) {
        return may("TaskRoleArn", action, resource);
    }

    private static boolean may(String role, String action, String resource) {
        try (IamClient iam = emulator.client(IamClient.builder())) {
            return iam
                    .simulatePrincipalPolicy(request -> request.policySourceArn(
                                    outputs.path(role).asText())
                            .actionNames(action)
                            .resourceArns(resource))
                    .evaluationResults()
                    .stream()
                    .allMatch(result -> result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED);
        }
    }

    @Test
    @Order(8)
    void the_same_again_changes_nothing() {
        Invocation again = deploy("--no-doctor");
        assertThat(again.status()).as(again.out() + again.err()).isZero();
        assertThat(again.out().lines().filter(line -> line.endsWith(": nothing changes")))
                .as(again.out())
                .hasSize(7);
    }

    @Test
    @Order(9)
    void a_new_value_changes_its_stack_and_the_others_keep_theirs() {
        Invocation changed = deploy("--no-doctor", "-P", "MaxConcurrency=3");
        assertThat(changed.status()).as(changed.out() + changed.err()).isZero();
        assertThat(changed.out()).contains("trust-pipeline-dev is changed", "StateMachine");
        assertThat(inEnvironment("outputs").out())
                .contains(outputs.path("DataBucketName").asText());
    }

    @Test
    @Order(9)
    void trigger_files_change_hands_from_the_rule_to_the_service_and_back() throws Exception {
        assertThat(whoTakesTriggers()).isEqualTo("rule ENABLED, 0 services");
        Invocation serving = deploy("--no-doctor", "-P", "TriggeredBy=SERVE");
        assertThat(serving.status()).as(serving.out() + serving.err()).isZero();
        assertThat(whoTakesTriggers()).isEqualTo("rule DISABLED, 1 services");
        Invocation back = deploy("--no-doctor", "-P", "TriggeredBy=EVENTBRIDGE");
        assertThat(back.status()).as(back.out() + back.err()).isZero();
        assertThat(whoTakesTriggers()).isEqualTo("rule ENABLED, 0 services");
    }

    private static String whoTakesTriggers() throws Exception {
        JsonNode rules = emulator.events("ListRules", Map.of()).path("Rules");
        assertThat(rules).hasSize(1);
        JsonNode service = emulator.ecs(
                        "DescribeServices",
                        Map.of("cluster", "trust-pipeline-dev", "services", List.of("trust-pipeline-dev-serve")))
                .at("/services/0");
        return "rule %s, %d services"
                .formatted(
                        rules.at("/0/State").asText(),
                        service.path("desiredCount").asInt());
    }

    @Test
    @Order(10)
    void the_doctor_finds_that_the_models_are_not_there_and_that_tasks_may_do_their_work() {
        Invocation doctor = inEnvironment("doctor");
        assertThat(doctor.out())
                .containsPattern("ok +account")
                .containsPattern("ok +environment +dev is deployed")
                .containsPattern("ok +task role +may do all 12 actions")
                .containsPattern("BAD +models +s3://models/")
                .containsPattern("ok +alarm topic +1 confirmed");
        assertThat(doctor.status()).isEqualTo(78);
    }

    @Test
    @Order(10)
    void a_principal_that_may_not_deploy_is_told_what_it_lacks() {
        try (IamClient iam = emulator.client(IamClient.builder())) {
            String role = iam.createRole(request ->
                            request.roleName("reader").assumeRolePolicyDocument("{\"Version\": \"2012-10-17\"}"))
                    .role()
                    .arn();
            iam.putRolePolicy(request -> request.roleName("reader")
                    .policyName("some")
                    .policyDocument("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\":"
                            + " [\"cloudformation:*\", \"s3:*\", \"kms:CreateKey\"], \"Resource\": \"*\"}]}"));
            assertThat(new PermissionCheck(iam, "deploying", () -> role, PermissionCheck.DEPLOYING).examine())
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding).isInstanceOf(Finding.Bad.class);
                        assertThat(finding.state())
                                .contains("iam:CreateRole", "states:CreateStateMachine")
                                .doesNotContain("kms:CreateKey", "s3:CreateBucket", "cloudformation:CreateChangeSet");
                    });
        }
    }

    @Test
    @Order(11)
    void a_deployment_stops_at_what_the_doctor_finds() {
        Invocation stopped = deploy();
        assertThat(stopped.status()).isEqualTo(78);
        assertThat(stopped.err()).contains("Nothing was deployed").contains("--no-doctor");
    }

    /** The alarm that the emulator does not know is as good as one that AWS refuses. */
    @Test
    @Order(12)
    void what_cloudformation_refuses_is_said_with_its_reason() throws IOException {
        Files.copy(
                Path.of(System.getProperty("project.dir", "."), "cloudformation/monitoring.yaml"),
                cloud.template("monitoring"),
                StandardCopyOption.REPLACE_EXISTING);
        Invocation refused = deploy("--no-doctor");
        assertThat(refused.status()).isEqualTo(78);
        assertThat(refused.err().lines()).singleElement().asString().contains("-dev-monitoring is", "RowsRejected, ");
    }

    @Test
    @Order(13)
    void what_destroy_removes_is_gone_and_the_data_are_not() {
        String bucket = outputs.path("DataBucketName").asText();
        try (S3Client s3 = emulator.s3();
                SnsClient sns = emulator.client(SnsClient.builder())) {
            s3.putObject(
                    request -> request.bucket(bucket).key("trust_scoring/ledger/kept"), RequestBody.fromString("kept"));
            Invocation destroyed = inEnvironment("destroy", "--yes");
            assertThat(destroyed.status()).as(destroyed.out() + destroyed.err()).isZero();
            assertThat(destroyed.out())
                    .contains("keep   DataBucket")
                    .contains("kept: ")
                    .contains(bucket);
            assertThat(inEnvironment("outputs").status()).isEqualTo(78);
            assertThat(s3.getObjectAsBytes(request -> request.bucket(bucket).key("trust_scoring/ledger/kept"))
                            .asUtf8String())
                    .isEqualTo("kept");
            assertThat(sns.listTopics().topics()).isEmpty();
        }
    }
}
