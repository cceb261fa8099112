package io.trustpipeline.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What the program relies on in the templates. */
class TemplatesTest {
    /** What CloudFormation takes without a detour by S3. */
    private static final long LONGEST_BODY = 51_200;

    private static final Set<String> STEP_FUNCTIONS = Set.of(
            "ExecutionTime",
            "ExecutionThrottled",
            "ExecutionsAborted",
            "ExecutionsFailed",
            "ExecutionsStarted",
            "ExecutionsSucceeded",
            "ExecutionsTimedOut");
    /** What the program itself reports, with the dimension Environment. */
    private static final Set<String> OURS = Set.of(
            "RowsExported",
            "RowsScored",
            "RowsSkipped",
            "RowsRejected",
            "Spans",
            "TokensPerSecond",
            "StageSeconds",
            "RunSeconds",
            "BytesWritten",
            "DeadLetters");

    @ParameterizedTest
    @EnumSource(Layer.class)
    void a_template_fits_into_one_request_and_says_what_it_needs(Layer layer) throws IOException {
        Path file = TemplateFile.FOLDER.resolve(layer.template() + ".yaml");
        assertThat(Files.size(file)).isLessThan(LONGEST_BODY);
        Template template = Template.parse(file.toString(), Files.readString(file));
        assertThat(template.parameters()).contains("Environment");
        assertThat(template.required()).contains("Environment").isSubsetOf(template.parameters());
    }

    @Test
    void outputs_have_the_names_that_people_know() {
        Set<String> outputs = new TreeSet<>();
        TemplateFile.all().forEach(template -> outputs.addAll(fields(template, "Outputs")));
        assertThat(outputs).contains("DataBucketName", "NotifyTopicArn", "StateMachineArn");
    }

    @Test
    void parameters_have_the_names_that_people_know() {
        List<JsonNode> all = new ArrayList<>();
        TemplateFile.all()
                .forEach(template ->
                        all.addAll(template.resources("AWS::SSM::Parameter").values()));
        assertThat(all)
                .extracting(parameter -> parameter.at("/Properties/Name").asText())
                .containsExactlyInAnyOrder(
                        "${ParameterPrefix}/sql",
                        "${ParameterPrefix}/data_bucket",
                        "${ParameterPrefix}/notify_topic_arn",
                        "${ParameterPrefix}/state_machine_arn",
                        "${ParameterPrefix}/redshift/workgroup",
                        "${ParameterPrefix}/redshift/database",
                        "${ParameterPrefix}/redshift/unload_role_arn",
                        "${ParameterPrefix}/redshift/region");
    }

    @Test
    void a_parameter_that_several_templates_have_is_the_same_in_each() {
        Map<String, JsonNode> known = new HashMap<>();
        for (TemplateFile template : TemplateFile.all()) {
            template.tree().path("Parameters").properties().forEach(parameter -> {
                ObjectNode declared = parameter.getValue().deepCopy();
                declared.remove("Description");
                JsonNode before = known.putIfAbsent(parameter.getKey(), declared);
                assertThat(declared)
                        .as("%s in %s", parameter.getKey(), template.name())
                        .isEqualTo(before == null ? declared : before);
            });
        }
        assertThat(known.get("ParameterPrefix").path("Default").asText()).isEqualTo("/trust_scoring");
    }

    @Test
    void what_a_stack_needs_and_nobody_types_comes_from_the_stacks_before_it() {
        // What deploy fills in itself, and what a person names.
        Set<String> there = new TreeSet<>(Set.of(
                "Environment", "SourceSql", "ImageUri", "DefinitionBucket", "DefinitionKey", "TriggerDefinitionKey"));
        there.addAll(List.of("ModelBucket", "FeaturesInput", "FeaturesDefinitionKey"));
        there.addAll(List.of(
                "TranscriptsDefinitionKey",
                "TranscriptsDatabaseUrl",
                "DatabaseSecretArn",
                "DatabaseSecurityGroup",
                "CertificateArn"));
        there.addAll(List.of("CreditsWarehouseUrl", "SlackReviewer", "LookerUrl", "LookerHost", "LookerClientId"));
        for (Layer layer : Layer.values()) {
            TemplateFile template = TemplateFile.of(layer.template() + ".yaml");
            template.tree().path("Parameters").properties().forEach(parameter -> {
                if (!parameter.getValue().has("Default")) {
                    assertThat(there).as(template.name()).contains(parameter.getKey());
                }
            });
            there.addAll(fields(template, "Outputs"));
        }
    }

    private static List<String> fields(TemplateFile template, String section) {
        List<String> names = new ArrayList<>();
        template.tree().path(section).fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void trigger_files_are_taken_by_the_rule_or_by_the_service_and_never_by_both() {
        TemplateFile trust = TemplateFile.of("trust.yaml");
        assertThat(trust.tree().at("/Conditions/TriggeredByEvents").toString())
                .isEqualTo("[\"TriggeredBy\",\"EVENTBRIDGE\"]");
        assertThat(trust.tree().at("/Resources/Triggers/Properties/State").toString())
                .isEqualTo("[\"TriggeredByEvents\",\"ENABLED\",\"DISABLED\"]");
        TemplateFile serve = TemplateFile.of("serve.yaml");
        assertThat(serve.tree().at("/Conditions/Serves").toString()).isEqualTo("[\"TriggeredBy\",\"SERVE\"]");
        assertThat(serve.tree().at("/Resources/Service/Properties/DesiredCount").toString())
                .isEqualTo("[\"Serves\",1,0]");
    }

    @Test
    void what_destroy_says_it_keeps_is_what_the_templates_retain() {
        Set<String> retained = new TreeSet<>();
        TemplateFile.all().forEach(template -> template.resources("").forEach((name, resource) -> {
            if (resource.path("DeletionPolicy").asText().startsWith("Retain")) {
                retained.add(name);
            }
        }));
        assertThat(retained).isEqualTo(new TreeSet<>(Removal.KEPT));
        assertThat(retained).contains("DataBucket", "Key");
    }

    @ParameterizedTest
    @CsvSource({"StateMachine, trust.asl.json", "TriggerMachine, trigger.asl.json"})
    void a_state_machine_is_given_every_value_that_its_definition_names(String resource, String definition)
            throws IOException {
        JsonNode machine = TemplateFile.of("trust.yaml")
                .resources("AWS::StepFunctions::StateMachine")
                .get(resource);
        List<String> given = new ArrayList<>();
        machine.at("/Properties/DefinitionSubstitutions").fieldNames().forEachRemaining(given::add);
        Path file = TemplateFile.FOLDER.resolve(definition);
        Set<String> named = new TreeSet<>();
        Matcher substitution = Pattern.compile("\\$\\{(\\w+)}").matcher(Files.readString(file));
        while (substitution.find()) {
            named.add(substitution.group(1));
        }
        assertThat(given).containsExactlyInAnyOrderElementsOf(named);
        assertThat(new JsonMapper().readTree(file.toFile()).path("States")).isNotEmpty();
    }

    @Test
    void every_metric_of_an_alarm_or_of_the_dashboard_exists() throws IOException {
        TemplateFile monitoring = TemplateFile.of("monitoring.yaml");
        List<String> checked = new ArrayList<>();
        monitoring.resources("AWS::CloudWatch::Alarm").forEach((name, alarm) -> TemplateFile.having(alarm, "MetricName")
                .forEach(metric -> {
                    checkMetric(
                            name,
                            metric.path("Namespace").asText(),
                            metric.path("MetricName").asText());
                    checked.add(name);
                }));
        assertThat(checked).hasSizeGreaterThan(8);
        String body = monitoring
                .resources("AWS::CloudWatch::Dashboard")
                .get("Dashboard")
                .at("/Properties/DashboardBody")
                .asText();
        for (JsonNode widget : new JsonMapper().readTree(body).path("widgets")) {
            String namespace = "";
            for (JsonNode metric : widget.at("/properties/metrics")) {
                namespace = metric.path(0).asText().equals(".")
                        ? namespace
                        : metric.path(0).asText();
                checkMetric("dashboard", namespace, metric.path(1).asText());
            }
        }
    }

    @Test
    void alarms_of_credits_look_at_metrics_that_the_program_reports() {
        assertThat(TemplateFile.of("credits.yaml")
                        .resources("AWS::CloudWatch::Alarm")
                        .values())
                .hasSize(3)
                .allSatisfy(alarm -> {
                    assertThat(alarm.at("/Properties/Namespace").asText()).isEqualTo("TrustPipeline");
                    assertThat(alarm.at("/Properties/MetricName").asText())
                            .isIn("CreditPolls", "CreditFailures", "CreditDollars");
                    assertThat(alarm.at("/Properties/AlarmActions/0").asText()).isEqualTo("AlarmTopicArn");
                });
    }

    @Test
    void what_credits_leave_for_audits_is_kept_for_ninety_days() {
        JsonNode bucket =
                TemplateFile.of("credits.yaml").resources("AWS::S3::Bucket").get("CreditBucket");
        assertThat(bucket.at("/Properties/LifecycleConfiguration/Rules"))
                .filteredOn(rule -> rule.path("Prefix").asText().equals("credits-automation/audit/"))
                .extracting(rule -> rule.path("ExpirationInDays").asInt())
                .containsExactly(90);
        assertThat(bucket.at("/Properties/VersioningConfiguration/Status").asText())
                .isEqualTo("Enabled");
    }

    private static void checkMetric(String where, String namespace, String metric) {
        Set<String> known =
                switch (namespace) {
                    case "AWS/States" -> STEP_FUNCTIONS;
                    case "AWS/SQS" -> Set.of("ApproximateNumberOfMessagesVisible");
                    case "TrustPipeline" -> OURS;
                    default -> Set.of();
                };
        assertThat(known).as("metrics of %s, for %s", namespace, where).contains(metric);
    }

    @Test
    void every_alarm_tells_somebody_and_stands_on_the_dashboard() {
        TemplateFile monitoring = TemplateFile.of("monitoring.yaml");
        String dashboard =
                TemplateFile.texts(monitoring.tree().at("/Resources/Dashboard")).toString();
        monitoring.resources("AWS::CloudWatch::Alarm").forEach((name, alarm) -> {
            assertThat(alarm.at("/Properties/AlarmActions/0").asText()).as(name).isEqualTo("AlarmTopic");
            assertThat(dashboard).contains("${" + name + ".Arn}");
        });
    }

    @Test
    void every_alarm_stands_in_the_table_of_what_to_do_with_the_parameters_that_there_are() throws IOException {
        Set<String> alarms = new TreeSet<>();
        TemplateFile.of("monitoring.yaml")
                .resources("AWS::CloudWatch::Alarm")
                .values()
                .forEach(alarm ->
                        alarms.add(alarm.at("/Properties/AlarmName").asText().replaceFirst(".*}-", "")));
        String page = Files.readString(TemplateFile.FOLDER.resolveSibling("docs/operations.md"));
        String section = page.substring(page.indexOf("\n## Alarms"), page.indexOf("\n## What a run costs"));
        Set<String> rows = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `(?:trust-pipeline-<env>|…)-([a-z-]+)` \\|")
                .matcher(section);
        while (row.find()) {
            rows.add(row.group(1));
        }
        assertThat(rows).isEqualTo(alarms);
        Set<String> parameters = new TreeSet<>();
        TemplateFile.all().forEach(template -> parameters.addAll(fields(template, "Parameters")));
        Matcher named = Pattern.compile("`((?:[A-Z][a-z]+){2,})`").matcher(section);
        while (named.find()) {
            assertThat(parameters.contains(named.group(1)) || OURS.contains(named.group(1)))
                    .as(named.group(1))
                    .isTrue();
        }
    }

    @Test
    void what_a_checker_is_told_to_overlook_has_its_reason_beside_it() {
        TemplateFile.all().forEach(template -> TemplateFile.having(template.tree(), "skip")
                .forEach(
                        checker -> assertThat(checker.path("skip")).isNotEmpty().allSatisfy(skip -> assertThat(
                                        skip.path("comment").asText().split(" "))
                                .as("%s in %s", skip.path("id").asText(), template.name())
                                .hasSizeGreaterThan(4))));
    }
}
