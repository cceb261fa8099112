package io.trustpipeline.cli;

import io.trustpipeline.deploy.CloudEnvironment;
import io.trustpipeline.deploy.Patience;
import io.trustpipeline.doctor.Check;
import io.trustpipeline.doctor.Examination;
import io.trustpipeline.doctor.Finding;
import io.trustpipeline.doctor.IdentityCheck;
import io.trustpipeline.doctor.ModelBucketCheck;
import io.trustpipeline.doctor.PermissionCheck;
import io.trustpipeline.doctor.QuotaCheck;
import io.trustpipeline.doctor.ReachCheck;
import io.trustpipeline.doctor.SubscriptionCheck;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is looked at in AWS, before a deployment and after it. */
final class CloudChecks {
    private static final double CPU_UNITS = 1024;

    private final CloudClients clients;
    private final String environment;
    private final Map<String, String> given;

    /** @param given parameters of the templates, which come before those that the environment has */
    CloudChecks(CloudClients clients, String environment, Map<String, String> given) {
        this.clients = clients;
        this.environment = environment;
        this.given = given;
    }

    static PipelineException noEnvironment() {
        return new PipelineException(ExitCode.USAGE, "Name the environment: --env dev, stg or prod");
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        checks.add(ReachCheck.ofAws(clients.region(), clients.endpoint()));
        checks.add(new IdentityCheck(clients.sts(), clients.region()));
        checks.add(new PermissionCheck(
                clients.iam(),
                "deploying",
                () -> clients.sts().getCallerIdentity().arn(),
                PermissionCheck.DEPLOYING));
        checks.add(this::environment);
        return checks;
    }

    /** What depends on how the environment stands, or will stand. */
    private List<Finding> environment() {
        CloudEnvironment there = new CloudEnvironment(environment, clients.cloudFormation(), Patience.standard());
        Map<String, String> parameters = new HashMap<>(there.parameters());
        parameters.putAll(given);
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding.Good(
                "environment", environment + (there.exists() ? " is deployed" : " is not deployed yet")));
        List<Check> checks = new ArrayList<>();
        double tasks = Double.parseDouble(parameters.getOrDefault("MaxConcurrency", "6"));
        double units = Double.parseDouble(parameters.getOrDefault("TaskCpu", "4096"));
        checks.add(new QuotaCheck(clients.quotas(), tasks * units / CPU_UNITS));
        if (parameters.containsKey("ModelBucket")) {
            checks.add(new ModelBucketCheck(
                    clients.s3(),
                    parameters.get("ModelBucket"),
                    parameters.getOrDefault("ModelPrefix", "ECU-trust-subdomains/")));
        }
        if (there.exists()) {
            Map<String, String> outputs = there.outputs();
            findings.add(new Finding.Good(
                    "image", parameters.get("ImageUri") + ", for " + parameters.get("CpuArchitecture")));
            heard("notify topic", outputs, "NotifyTopicArn").ifPresent(checks::add);
            heard("alarm topic", outputs, "AlarmTopicArn").ifPresent(checks::add);
            checks.add(new PermissionCheck(
                    clients.iam(), "task role", () -> outputs.get("TaskRoleArn"), neededByTasks(outputs)));
        }
        findings.addAll(Examination.of(checks).findings());
        return findings;
    }

    /** Empty where a deployment was cut off before it made the topic. */
    private Optional<Check> heard(String what, Map<String, String> outputs, String output) {
        return Optional.ofNullable(outputs.get(output)).map(topic -> new SubscriptionCheck(clients.sns(), what, topic));
    }

    private static Map<String, List<String>> neededByTasks(Map<String, String> outputs) {
        String data = "arn:aws:s3:::" + outputs.get("DataBucketName") + "/trust_scoring/";
        return Map.of(
                data + "raw/x",
                List.of("s3:GetObject", "s3:PutObject"),
                data + "runs/x",
                List.of("s3:GetObject", "s3:PutObject"),
                data + "scored/x",
                List.of("s3:GetObject", "s3:PutObject"),
                data + "ledger/x",
                List.of("s3:GetObject", "s3:PutObject"),
                outputs.get("NotifyTopicArn"),
                List.of("sns:Publish", "sns:ListSubscriptionsByTopic"),
                outputs.get("StateMachineArn"),
                List.of("states:SendTaskSuccess", "states:SendTaskHeartbeat"));
    }
}
