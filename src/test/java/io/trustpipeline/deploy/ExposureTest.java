package io.trustpipeline.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing is public, everything is encrypted, and a task can change nothing but its own scratch room. */
class ExposureTest {

    private static Map<String, JsonNode> all(String type) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        TemplateFile.all().forEach(template -> found.putAll(template.resources(type)));
        assertThat(found).as(type).isNotEmpty();
        return found;
    }

    @Test
    void buckets_are_private_versioned_encrypted_and_expire_leftovers() {
        all("AWS::S3::Bucket").forEach((name, bucket) -> {
            JsonNode properties = bucket.path("Properties");
            JsonNode block = properties.path("PublicAccessBlockConfiguration");
            assertThat(List.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"))
                    .as(name)
                    .allMatch(setting -> block.path(setting).asBoolean());
            assertThat(properties.at("/VersioningConfiguration/Status").asText())
                    .as(name)
                    .isEqualTo("Enabled");
            assertThat(TemplateFile.having(properties, "SSEAlgorithm")).as(name).hasSize(1);
            assertThat(properties.at("/LifecycleConfiguration/Rules")).as(name).isNotEmpty();
        });
    }

    @Test
    void every_bucket_refuses_whatever_comes_without_tls() {
        Map<String, JsonNode> policies = all("AWS::S3::BucketPolicy");
        all("AWS::S3::Bucket").keySet().forEach(bucket -> assertThat(policies.values())
                .as(bucket)
                .filteredOn(policy -> policy.at("/Properties/Bucket").asText().equals(bucket))
                .singleElement()
                .satisfies(policy -> assertThat(TemplateFile.having(policy, "aws:SecureTransport"))
                        .singleElement()
                        .satisfies(condition -> assertThat(
                                        condition.path("aws:SecureTransport").asText())
                                .isEqualTo("false"))));
    }

    @Test
    void topics_queues_logs_and_images_are_encrypted() {
        all("AWS::SNS::Topic").forEach((name, topic) -> assertThat(
                        topic.at("/Properties/KmsMasterKeyId").asText())
                .as(name)
                .isEqualTo("KeyArn"));
        all("AWS::SQS::Queue").forEach((name, queue) -> assertThat(queue.at("/Properties/SqsManagedSseEnabled")
                                .asBoolean()
                        || queue.at("/Properties/KmsMasterKeyId").asText().equals("KeyArn"))
                .as(name)
                .isTrue());
        all("AWS::Logs::LogGroup").forEach((name, group) -> {
            assertThat(group.path("Properties").has("RetentionInDays")).as(name).isTrue();
            assertThat(group.path("Properties").has("KmsKeyId") || name.equals("FlowLogGroup"))
                    .as(name)
                    .isTrue();
        });
        all("AWS::ECR::Repository").forEach((name, repository) -> assertThat(repository
                        .at("/Properties/EncryptionConfiguration/EncryptionType")
                        .asText())
                .isEqualTo("KMS"));
    }

    @Test
    void nothing_reaches_a_task_and_no_subnet_gives_public_addresses() {
        all("AWS::EC2::SecurityGroup").forEach((name, group) -> {
            JsonNode ingress = group.at("/Properties/SecurityGroupIngress");
            assertThat(TemplateFile.texts(ingress)).as(name).doesNotContain("0.0.0.0/0", "::/0");
            assertThat(group.path("Properties").has("SecurityGroupEgress"))
                    .as(name)
                    .isTrue();
        });
        assertThat(TemplateFile.of("tasks.yaml")
                        .resources("AWS::EC2::SecurityGroup")
                        .get("TaskAccess")
                        .path("Properties")
                        .has("SecurityGroupIngress"))
                .isFalse();
        all("AWS::EC2::Subnet").forEach((name, subnet) -> assertThat(
                        subnet.at("/Properties/MapPublicIpOnLaunch").asBoolean())
                .as(name)
                .isFalse());
        all("AWS::StepFunctions::StateMachine")
                .forEach((name, machine) -> assertThat(machine.at("/Properties/DefinitionSubstitutions/AssignPublicIp")
                                .asText("DISABLED"))
                        .as(name)
                        .isEqualTo("DISABLED"));
    }

    @Test
    void a_task_runs_as_the_image_s_user_and_writes_nowhere_but_to_the_image_s_volume() throws IOException {
        String image = Files.readString(TemplateFile.FOLDER.resolveSibling("Dockerfile"));
        all("AWS::ECS::TaskDefinition")
                .forEach((name, definition) -> assertThat(definition.at("/Properties/ContainerDefinitions"))
                        .allSatisfy(container -> {
                            assertThat(container.path("ReadonlyRootFilesystem").asBoolean())
                                    .isTrue();
                            String user = container.path("User").asText();
                            assertThat(user).matches("[1-9]\\d*:[1-9]\\d*");
                            assertThat(image).contains("\nUSER " + user + "\n");
                            assertThat(container
                                            .at("/LinuxParameters/Capabilities/Drop/0")
                                            .asText())
                                    .isEqualTo("ALL");
                            // Else it belongs to root.
                            String written =
                                    container.at("/MountPoints/0/ContainerPath").asText();
                            assertThat(image).contains("\nVOLUME " + written + "\n");
                            assertThat(container.path("Environment")).anySatisfy(variable -> assertThat(
                                            variable.path("Value").asText())
                                    .as(variable.path("Name").asText())
                                    .startsWith(written + "/"));
                            assertThat(container.path("Privileged").asBoolean()).isFalse();
                            assertThat(container.path("StopTimeout").asInt()).isEqualTo(120);
                        }));
    }

    /** A password in a task's environment could be read by everybody who may describe tasks. */
    @Test
    void secrets_are_named_and_never_written_down() {
        List<JsonNode> variables = new ArrayList<>();
        all("AWS::ECS::TaskDefinition").values().forEach(one -> variables.addAll(TemplateFile.having(one, "Value")));
        assertThat(variables)
                .filteredOn(
                        variable -> variable.path("Name").asText().matches(".*(PASSWORD|SECRET|TOKEN|TOKEN_KEY|USER)"))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(variable.path("Value").asText())
                        .matches("secretsmanager:\\$\\{(Warehouse|Database|TokenKey)SecretArn}#[a-z]+"));
        TemplateFile.all().forEach(template -> template.tree()
                .path("Parameters")
                .fieldNames()
                .forEachRemaining(parameter ->
                        assertThat(parameter.toLowerCase(Locale.ROOT)).doesNotContain("password")));
    }
}
