package io.trustpipeline.deploy;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One stack of CloudFormation. Every change is planned as a change set first.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html">
 *     Change sets</a>
 */
final class CloudStack {
    private final CloudFormationClient cloudFormation;
    private final String name;
    private final Patience patience;

    CloudStack(CloudFormationClient cloudFormation, String name, Patience patience) {
        this.cloudFormation = cloudFormation;
        this.name = name;
        this.patience = patience;
    }

    String name() {
        return name;
    }

    /** The stack, unless there is none, or only a change set that was never carried out. */
    Optional<Stack> find() {
        return describe().filter(stack -> stack.stackStatus() != StackStatus.REVIEW_IN_PROGRESS);
    }

    private Optional<Stack> describe() {
        return asking("look at", () -> {
            try {
                return cloudFormation.describeStacks(request -> request.stackName(name)).stacks().stream()
                        .filter(stack -> stack.stackStatus() != StackStatus.DELETE_COMPLETE)
                        .findFirst();
            } catch (AwsServiceException answered) {
                if (String.valueOf(answered.getMessage()).contains("does not exist")) {
                    return Optional.empty();
                }
                throw answered;
            }
        });
    }

    /** What the stack gives to others; empty when there is no stack. */
    Map<String, String> outputs() {
        Map<String, String> outputs = new LinkedHashMap<>();
        find().ifPresent(stack ->
                stack.outputs().forEach(output -> outputs.put(output.outputKey(), output.outputValue())));
        return outputs;
    }

    /** The resources that there are, by their names in the template. */
    List<StackResourceSummary> resources() {
        return asking(
                "list",
                () ->
                        cloudFormation
                                .listStackResourcesPaginator(request -> request.stackName(name))
                                .stackResourceSummaries()
                                .stream()
                                .toList());
    }

    /**
     * Plans a change and waits until it is known what it would do.
     *
     * @param given parameters by name; one that is left out keeps its value, or has the template's default
     * @return empty when nothing would change
     * @throws PipelineException CONFIGURATION with CloudFormation's reason
     */
    Optional<PlannedChange> plan(Template template, Map<String, String> given, Map<String, String> tags) {
        Optional<Stack> existing = find();
        existing.filter(stack -> stack.stackStatus() == StackStatus.ROLLBACK_COMPLETE
                        || stack.stackStatus() == StackStatus.ROLLBACK_FAILED)
                .ifPresent(stack -> {
                    throw new PipelineException(
                            ExitCode.CONFIGURATION,
                            "The stack " + name + " could not be created earlier; destroy it, then deploy again");
                });
        CreateChangeSetRequest request = ChangeRequest.of(name, template, given, tags, existing);
        String changeSet = asking("plan a change of", () -> cloudFormation.createChangeSet(request))
                .id();
        DescribeChangeSetResponse planned = patience.until(
                "plan of " + name,
                () -> describe(changeSet, null),
                answer -> answer.status() == ChangeSetStatus.CREATE_COMPLETE
                        || answer.status() == ChangeSetStatus.FAILED);
        if (planned.status() == ChangeSetStatus.FAILED) {
            discard(changeSet, existing.isEmpty());
            if (nothingToDo(planned.statusReason())) {
                return Optional.empty();
            }
            throw new PipelineException(
                    ExitCode.CONFIGURATION, "The stack " + name + " cannot be changed so: " + planned.statusReason());
        }
        return Optional.of(PlannedChange.of(changeSet, existing.isEmpty(), changes(planned)));
    }

    /** CloudFormation has no status of its own for this. */
    private static boolean nothingToDo(String reason) {
        return reason.contains("didn't contain changes") || reason.contains("No updates are to be performed");
    }

    private DescribeChangeSetResponse describe(String changeSet, @Nullable String page) {
        return asking(
                "look at a change of",
                () -> cloudFormation.describeChangeSet(request ->
                        request.stackName(name).changeSetName(changeSet).nextToken(page)));
    }

    private List<Change> changes(DescribeChangeSetResponse first) {
        List<Change> changes = new ArrayList<>(first.changes());
        for (String page = first.nextToken(); page != null; ) {
            DescribeChangeSetResponse next = describe(first.changeSetId(), page);
            changes.addAll(next.changes());
            page = next.nextToken();
        }
        return changes;
    }

    /**
     * Carries out a planned change and waits for its end.
     *
     * @throws PipelineException CONFIGURATION with the first thing that failed
     */
    void carryOut(PlannedChange change) {
        asking(
                "change",
                () -> cloudFormation.executeChangeSet(
                        request -> request.stackName(name).changeSetName(change.changeSet())));
        StackStatus end = patience.until("change of " + name, this::status, CloudStack::isEnd);
        if (end != StackStatus.CREATE_COMPLETE && end != StackStatus.UPDATE_COMPLETE) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION, "The stack " + name + " is " + end + ": " + firstFailure());
        }
    }

    /** Forgets a planned change. */
    void discard(PlannedChange change) {
        discard(change.changeSet(), change.creates());
    }

    private void discard(String changeSet, boolean creates) {
        asking(
                "forget a change of",
                () -> cloudFormation.deleteChangeSet(
                        request -> request.stackName(name).changeSetName(changeSet)));
        if (creates) {
            // Planning a first change leaves an empty stack behind.
            asking("forget", () -> cloudFormation.deleteStack(request -> request.stackName(name)));
        }
    }

    /** Removes the stack; resources that the template retains stay. */
    void delete() {
        asking("remove", () -> cloudFormation.deleteStack(request -> request.stackName(name)));
        Optional<Stack> end = patience.until(
                "removal of " + name,
                this::describe,
                stack -> stack.isEmpty() || stack.get().stackStatus() == StackStatus.DELETE_FAILED);
        if (end.isPresent()) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "The stack " + name + " is " + end.get().stackStatus() + ": " + firstFailure());
        }
    }

    private StackStatus status() {
        return describe().map(Stack::stackStatus).orElse(StackStatus.DELETE_COMPLETE);
    }

    private static boolean isEnd(StackStatus status) {
        return !status.toString().endsWith("_IN_PROGRESS");
    }

    private String firstFailure() {
        return asking(
                "look at",
                () ->
                        cloudFormation
                                .describeStackEventsPaginator(request -> request.stackName(name))
                                .stackEvents()
                                .stream()
                                // The newest comes first; older changes of the stack are none of ours.
                                .takeWhile(event -> !"User Initiated".equals(event.resourceStatusReason()))
                                .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
                                .filter(event -> !String.valueOf(event.resourceStatusReason())
                                        .contains("cancelled"))
                                .reduce((newer, older) -> older)
                                .map(event -> event.logicalResourceId() + ", " + event.resourceStatusReason())
                                .orElse("its events in the console say why"));
    }

    private <T> T asking(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException thrown) {
            throw AwsFailure.of(what + " the stack " + name, thrown);
        }
    }
}
