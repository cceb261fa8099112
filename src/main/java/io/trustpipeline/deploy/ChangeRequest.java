package io.trustpipeline.deploy;

import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What CloudFormation is asked to plan. */
final class ChangeRequest {
    private ChangeRequest() {}

    /**
     * @param given parameters by name; one that is left out keeps the value of the existing stack, or has the default
     * @param existing empty when the stack is to be made
     */
    static CreateChangeSetRequest of(
            String stack,
            Template template,
            Map<String, String> given,
            Map<String, String> tags,
            Optional<Stack> existing) {
        return CreateChangeSetRequest.builder()
                .stackName(stack)
                .changeSetName("deploy-" + System.currentTimeMillis())
                .changeSetType(existing.isPresent() ? ChangeSetType.UPDATE : ChangeSetType.CREATE)
                .templateBody(template.body())
                .parameters(parameters(template, given, existing))
                .tags(tags(tags))
                .capabilities(Capability.CAPABILITY_IAM)
                .build();
    }

    private static List<Parameter> parameters(Template template, Map<String, String> given, Optional<Stack> existing) {
        List<Parameter> parameters = new ArrayList<>();
        for (String name : template.parameters()) {
            Parameter.Builder parameter = Parameter.builder().parameterKey(name);
            if (given.containsKey(name)) {
                parameters.add(parameter.parameterValue(given.get(name)).build());
            } else if (isKnown(existing, name)) {
                parameters.add(parameter.usePreviousValue(true).build());
            }
        }
        return parameters;
    }

    private static boolean isKnown(Optional<Stack> existing, String parameter) {
        return existing.stream().flatMap(stack -> stack.parameters().stream()).anyMatch(known -> known.parameterKey()
                .equals(parameter));
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
