package io.trustpipeline.doctor;

import io.trustpipeline.run.ExitCode;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether somebody may do what they will have to, by IAM's own simulation.
 *
 * @param who in findings
 * @param principal the ARN of a user or role, or of a session with a role
 * @param needed actions by the resource that each is done to; {@code *} for whatever there may be
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html">
 *     SimulatePrincipalPolicy</a>
 */
public record PermissionCheck(IamClient iam, String who, Supplier<String> principal, Map<String, List<String>> needed)
        implements Check {
    private static final Pattern SESSION = Pattern.compile("(arn:[^:]+):sts::(\\d{12}):assumed-role/([^/]+)/.*");

    /** What deploying does first with each service. */
    public static final Map<String, List<String>> DEPLOYING = Map.of(
            "*",
            List.of(
                    "cloudformation:CreateChangeSet",
                    "cloudformation:ExecuteChangeSet",
                    "cloudformation:DeleteStack",
                    "cloudwatch:PutMetricAlarm",
                    "ec2:CreateSecurityGroup",
                    "ecr:CreateRepository",
                    "ecs:RegisterTaskDefinition",
                    "events:PutRule",
                    "iam:CreateRole",
                    "iam:PassRole",
                    "iam:PutRolePolicy",
                    "kms:CreateKey",
                    "logs:CreateLogGroup",
                    "s3:CreateBucket",
                    "s3:PutObject",
                    "scheduler:CreateSchedule",
                    "sns:CreateTopic",
                    "sqs:CreateQueue",
                    "ssm:PutParameter",
                    "states:CreateStateMachine"));

    @Override
    public List<Finding> examine() {
        String arn = role(principal.get());
        if (arn.endsWith(":root")) {
            return List.of(new Finding.Note(
                    who, "is the account's root, for which IAM simulates nothing", "sign in with a role"));
        }
        List<String> denied = new ArrayList<>();
        needed.forEach((resource, actions) -> simulate(arn, resource, actions).stream()
                .filter(result -> result.evalDecision() != PolicyEvaluationDecisionType.ALLOWED)
                .forEach(result ->
                        denied.add(result.evalActionName() + (resource.equals("*") ? "" : " on " + resource))));
        if (denied.isEmpty()) {
            int count = needed.values().stream().mapToInt(List::size).sum();
            return List.of(new Finding.Good(who, "may do all " + count + " actions that were simulated"));
        }
        return List.of(new Finding.Bad(
                who, "may not " + String.join(", ", denied), "have it allowed to " + arn, ExitCode.CONFIGURATION));
    }

    private List<EvaluationResult> simulate(String arn, String resource, List<String> actions) {
        return iam
                .simulatePrincipalPolicyPaginator(request ->
                        request.policySourceArn(arn).actionNames(actions).resourceArns(resource))
                .evaluationResults()
                .stream()
                .toList();
    }

    /** IAM knows roles, not their sessions. */
    static String role(String principal) {
        Matcher session = SESSION.matcher(principal);
        return session.matches()
                ? "%s:iam::%s:role/%s".formatted(session.group(1), session.group(2), session.group(3))
                : principal;
    }
}
