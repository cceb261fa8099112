package io.trustpipeline.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What runs of features rely on in their template; that the program's own metrics exist is tested where it tells them. */
class FeaturesTemplateTest {
    private final TemplateFile template = TemplateFile.of("features.yaml");

    @Test
    void the_state_machine_is_given_every_value_that_its_definition_names() throws IOException {
        JsonNode machine =
                template.resources("AWS::StepFunctions::StateMachine").get("FeaturesMachine");
        List<String> given = new ArrayList<>();
        machine.at("/Properties/DefinitionSubstitutions").fieldNames().forEachRemaining(given::add);
        Set<String> named = new TreeSet<>();
        Matcher substitution = Pattern.compile("\\$\\{(\\w+)}")
                .matcher(Files.readString(TemplateFile.FOLDER.resolve("features.asl.json")));
        while (substitution.find()) {
            named.add(substitution.group(1));
        }
        assertThat(given).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void alarms_name_metrics_that_exist_by_the_dimensions_that_they_have() {
        assertThat(template.resources("AWS::CloudWatch::Alarm").values())
                .hasSize(5)
                .allSatisfy(alarm -> {
                    String metric = alarm.at("/Properties/MetricName").asText();
                    String dimension = alarm.at("/Properties/Dimensions/0/Name").asText();
                    switch (alarm.at("/Properties/Namespace").asText()) {
                        case "AWS/States" -> {
                            assertThat(metric).isIn("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsSucceeded");
                            assertThat(dimension).as("the ARN, not the name").isEqualTo("StateMachineArn");
                        }
                        case "AWS/DynamoDB" -> {
                            assertThat(metric).isEqualTo("ConsumedWriteCapacityUnits");
                            assertThat(dimension).isEqualTo("TableName");
                        }
                        default -> {
                            assertThat(metric).isEqualTo("FeatureRowsSeen");
                            assertThat(dimension).isEqualTo("Environment");
                        }
                    }
                    assertThat(alarm.at("/Properties/AlarmActions/0").asText()).isEqualTo("AlarmTopicArn");
                });
        String dashboard = TemplateFile.texts(template.tree().at("/Resources/FeaturesDashboard"))
                .toString();
        template.resources("AWS::CloudWatch::Alarm").keySet().forEach(name -> assertThat(dashboard)
                .contains("${" + name + ".Arn}"));
    }

    @Test
    void schedules_are_those_that_people_know_and_the_weekly_one_is_off_until_somebody_wants_it() {
        JsonNode daily = template.resources("AWS::Scheduler::Schedule").get("DailyTimetable");
        JsonNode weekly = template.resources("AWS::Scheduler::Schedule").get("WeeklyTimetable");
        assertThat(daily.at("/Properties/ScheduleExpression").asText()).isEqualTo("cron(0 2 * * ? *)");
        assertThat(weekly.at("/Properties/ScheduleExpression").asText()).isEqualTo("cron(0 3 ? * SUN *)");
        assertThat(List.of(daily, weekly)).allSatisfy(schedule -> {
            assertThat(schedule.at("/Properties/ScheduleExpressionTimezone").asText())
                    .isEqualTo("UTC");
            assertThat(schedule.at("/Properties/Target/Input").asText()).contains("<aws.scheduler.scheduled-time>");
        });
        assertThat(weekly.at("/Properties/State").asText()).isEqualTo("WeeklyTraining");
        assertThat(template.tree().at("/Parameters/WeeklyTraining/Default").asText())
                .isEqualTo("DISABLED");
    }

    @Test
    void a_job_runs_as_nobody_in_particular_on_a_file_system_it_cannot_write_and_its_sizes_are_parameters() {
        JsonNode job = template.resources("AWS::Batch::JobDefinition")
                .get("JobDefinition")
                .at("/Properties/ContainerProperties");
        assertThat(job.path("ReadonlyRootFilesystem").asBoolean()).isTrue();
        assertThat(job.path("User").asText()).matches("[1-9]\\d*:[1-9]\\d*");
        assertThat(job.path("Privileged").asBoolean()).isFalse();
        assertThat(job.at("/MountPoints/0/ContainerPath").asText()).isEqualTo("/tmp");
        assertThat(template.tree().at("/Parameters/DailyJobSize/AllowedValues"))
                .hasSize(3)
                .isEqualTo(template.tree().at("/Parameters/WeeklyJobSize/AllowedValues"));
        assertThat(template.tree().at("/Mappings/Size/8g/Memory").asText()).isEqualTo("8192");
    }
}
