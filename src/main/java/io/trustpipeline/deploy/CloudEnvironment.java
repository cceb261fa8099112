package io.trustpipeline.deploy;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An environment as it stands in one region of one account: its stacks and what they give. */
public final class CloudEnvironment {
    private static final List<Layer> WHAT_PEOPLE_LOOK_FOR_FIRST = List.of(
            Layer.DATA,
            Layer.PIPELINE,
            Layer.FEATURES,
            Layer.TRANSCRIPTS,
            Layer.CREDITS,
            Layer.MONITORING,
            Layer.FOUNDATION,
            Layer.TASKS,
            Layer.SERVICE,
            Layer.NETWORK);

    private final String name;
    private final Map<Layer, CloudStack> stacks = new EnumMap<>(Layer.class);

    /** @param name {@code dev}, {@code stg} or {@code prod} */
    public CloudEnvironment(String name, CloudFormationClient cloudFormation, Patience patience) {
        this.name = name;
        for (Layer layer : Layer.values()) {
            stacks.put(layer, new CloudStack(cloudFormation, layer.stackName(name), patience));
        }
    }

    String name() {
        return name;
    }

    CloudStack stack(Layer layer) {
        return Objects.requireNonNull(stacks.get(layer));
    }

    /** The parameters that the stacks were deployed with; empty when there are none. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        stacks.values().forEach(each -> each.find().ifPresent(stack -> stack.parameters()
                .forEach(parameter -> parameters.put(parameter.parameterKey(), parameter.parameterValue()))));
        return parameters;
    }

    /** Whether the pipeline is there. */
    public boolean exists() {
        return stack(Layer.PIPELINE).find().isPresent();
    }

    /**
     * What the stacks give, by name, such as {@code DataBucketName}.
     *
     * @throws PipelineException CONFIGURATION when nothing is deployed
     */
    public Map<String, String> outputs() {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (Layer layer : WHAT_PEOPLE_LOOK_FOR_FIRST) {
            stack(layer).outputs().forEach(outputs::putIfAbsent);
        }
        if (outputs.isEmpty()) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "There is no stack " + Layer.PIPELINE.stackName(name) + " in this region; deploy makes it");
        }
        return outputs;
    }
}
