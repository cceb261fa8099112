package io.trustpipeline.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** What the policies of the templates let anybody do. */
class PoliciesTest {

    @Test
    void every_wildcard_left_in_a_policy_has_its_reason_beside_it_and_no_reason_is_left_over() {
        List<String> list = new ArrayList<>();
        for (TemplateFile template : TemplateFile.all()) {
            template.resources("").forEach((name, resource) -> {
                Map<String, String> reasons = reasons(resource);
                TreeSet<String> wildcards = new TreeSet<>(wildcards(resource));
                assertThat(reasons.keySet())
                        .as("reasons in Metadata.Wildcards of %s in %s", name, template.name())
                        .containsExactlyInAnyOrderElementsOf(wildcards);
                reasons.forEach((wildcard, reason) -> {
                    assertThat(reason.split("\\s+")).as(wildcard).hasSizeGreaterThan(3);
                    list.add(template.name() + " " + name + ": " + wildcard + "  (" + reason + ")");
                });
            });
        }
        list.forEach(System.out::println);
        assertThat(list).isNotEmpty();
    }

    private static Map<String, String> reasons(JsonNode resource) {
        Map<String, String> reasons = new LinkedHashMap<>();
        resource.at("/Metadata/Wildcards")
                .properties()
                .forEach(entry -> reasons.put(entry.getKey(), entry.getValue().asText()));
        return reasons;
    }

    /** Each text with a star in a statement, after the statement's name. */
    private static List<String> wildcards(JsonNode resource) {
        List<String> found = new ArrayList<>();
        for (JsonNode statement : statements(resource)) {
            TemplateFile.texts(statement).stream()
                    .filter(text -> text.contains("*"))
                    .forEach(text -> found.add(statement.path("Sid").asText() + " " + text));
        }
        return found;
    }

    private static List<JsonNode> statements(JsonNode resource) {
        return TemplateFile.having(resource.path("Properties"), "Effect");
    }

    @Test
    void nobody_outside_the_account_is_allowed_anything() {
        for (TemplateFile template : TemplateFile.all()) {
            template.resources("").forEach((name, resource) -> statements(resource).stream()
                    .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                    .filter(statement -> statement.has("Principal"))
                    .forEach(statement -> {
                        JsonNode principal = statement.path("Principal");
                        assertThat(TemplateFile.texts(principal))
                                .as("principals of %s in %s", name, template.name())
                                .allMatch(text -> text.endsWith(".amazonaws.com")
                                        || text.equals("arn:${AWS::Partition}:iam::${AWS::AccountId}:root"));
                    }));
        }
    }

    /** Else a service could be made to act for somebody else's account. Redshift sends no account. */
    @Test
    void a_service_is_trusted_when_it_acts_for_this_account_alone() {
        for (TemplateFile template : TemplateFile.all()) {
            template.resources("AWS::IAM::Role").forEach((name, role) -> {
                JsonNode trust = role.at("/Properties/AssumeRolePolicyDocument");
                if (!name.equals("UnloadRole")) {
                    assertThat(TemplateFile.texts(trust)).as(name).contains("AWS::AccountId");
                }
            });
        }
    }

    /** S3 asks whether a reader may list before it says that an object is not there, and then no prefix is named. */
    @Test
    void what_is_not_there_is_not_forbidden_to_the_program() {
        List<String> checked = new ArrayList<>();
        for (TemplateFile template : TemplateFile.all()) {
            template.resources("AWS::IAM::Role").forEach((name, role) -> {
                boolean ours = TemplateFile.texts(role.at("/Properties/AssumeRolePolicyDocument"))
                        .contains("ecs-tasks.amazonaws.com");
                statements(role).stream()
                        .filter(statement -> ours
                                && TemplateFile.texts(statement.path("Action")).contains("s3:ListBucket"))
                        .forEach(statement -> {
                            assertThat(statement.path("Condition").has("StringLike"))
                                    .as(name)
                                    .isFalse();
                            checked.add(name);
                        });
            });
        }
        assertThat(checked).contains("TaskRole", "ServiceRole");
    }

    @Test
    void actions_are_named_one_by_one_but_in_the_keys_own_policy_and_in_denials() {
        for (TemplateFile template : TemplateFile.all()) {
            template.resources("").forEach((name, resource) -> statements(resource).stream()
                    .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                    .filter(statement -> !resource.path("Type").asText().equals("AWS::KMS::Key"))
                    .forEach(statement -> assertThat(TemplateFile.texts(statement.path("Action")))
                            .as("actions of %s in %s", name, template.name())
                            .noneMatch(action -> action.contains("*"))));
        }
    }
}
