package io.trustpipeline.deploy;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Removes an environment. Its buckets, its table, and the key without which nobody could read them, stay. */
public final class Removal {
    /** Resources that the templates retain, by their names there. */
    static final Set<String> KEPT = Set.of(
            "DataBucket",
            "ArtifactBucket",
            "AccessLogBucket",
            "Key",
            "FeatureTable",
            "TranscriptBucket",
            "JobTable",
            "CreditBucket");

    private final CloudEnvironment environment;
    private final Conversation conversation;

    public Removal(CloudEnvironment environment, Conversation conversation) {
        this.environment = environment;
        this.conversation = conversation;
    }

    /** @throws PipelineException STOPPED when nobody agreed, CONFIGURATION when there is nothing or AWS refuses */
    public void remove() {
        List<CloudStack> stacks = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            if (environment.stack(layer).find().isPresent()) {
                stacks.add(0, environment.stack(layer));
            }
        }
        if (stacks.isEmpty()) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "There is no stack " + Layer.PIPELINE.stackName(environment.name()) + " in this region");
        }
        List<String> kept = new ArrayList<>();
        for (CloudStack stack : stacks) {
            conversation.say(stack.name() + " is removed:");
            for (StackResourceSummary resource : stack.resources()) {
                boolean stays = KEPT.contains(resource.logicalResourceId());
                conversation.say("  %-7s%-32s %s"
                        .formatted(
                                stays ? "keep" : "remove",
                                resource.logicalResourceId(),
                                resource.physicalResourceId()));
                if (stays) {
                    kept.add(resource.physicalResourceId());
                }
            }
        }
        if (!conversation.agrees("Remove all of this?")) {
            throw new PipelineException(ExitCode.STOPPED, "Everything stays; nobody agreed to remove it");
        }
        stacks.forEach(stack -> {
            stack.delete();
            conversation.say(stack.name() + " is gone");
        });
        conversation.say("kept: " + String.join(", ", kept));
    }
}
