package io.trustpipeline.deploy;

import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;

import java.util.List;
import java.util.Locale;

/**
 * What a change set would do.
 *
 * @param changeSet its ARN
 * @param creates whether the stack itself is new
 * @param lines one a resource, for people
 */
record PlannedChange(String changeSet, boolean creates, List<String> lines) {

    static PlannedChange of(String changeSet, boolean creates, List<Change> changes) {
        return new PlannedChange(
                changeSet,
                creates,
                changes.stream().map(change -> line(change.resourceChange())).toList());
    }

    private static String line(ResourceChange change) {
        String effect = replaces(change) ? " (is replaced)" : "";
        return "  %-7s%-32s %s%s"
                .formatted(
                        change.actionAsString().toLowerCase(Locale.ROOT),
                        change.logicalResourceId(),
                        change.resourceType(),
                        effect);
    }

    private static boolean replaces(ResourceChange change) {
        return change.replacement() == Replacement.TRUE || change.replacement() == Replacement.CONDITIONAL;
    }
}
