package io.trustpipeline.deploy;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectStore;
import org.apache.commons.codec.digest.DigestUtils;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Makes an environment, or changes it: one stack after the other, each shown as a change set and carried out once
 * somebody agreed. Carried out again without a difference it changes nothing.
 */
public final class Deployment {
    /** CloudFormation's own limits. */
    private static final int LONGEST_PARAMETER = 4_096;

    private static final String DEFINITIONS = "definitions/";

    private final CloudEnvironment environment;
    private final S3Client s3;
    private final DeploymentSource source;
    private final Conversation conversation;

    public Deployment(CloudEnvironment environment, S3Client s3, DeploymentSource source, Conversation conversation) {
        this.environment = environment;
        this.s3 = s3;
        this.source = source;
        this.conversation = conversation;
    }

    /**
     * Deploys every stack.
     *
     * @param given parameters of the templates by name; one that is left out keeps its value or has its default
     * @throws PipelineException CONFIGURATION when a parameter is unknown or missing or CloudFormation refuses, STOPPED
     *     when nobody agreed
     */
    public void deploy(Map<String, String> given) {
        Map<Layer, Template> templates = templates();
        checkKnown(templates, given);
        Set<Layer> optional = optional(templates, given);
        boolean ownNetwork = ownNetwork(given);
        Map<String, String> values = new LinkedHashMap<>(given);
        values.put("Environment", environment.name());
        values.put("SourceSql", query());
        if (!ownNetwork) {
            templates.remove(Layer.NETWORK);
        }
        Layer.optional().stream().filter(layer -> !optional.contains(layer)).forEach(templates::remove);
        checkComplete(templates.values(), values);

        apply(templates, Layer.FOUNDATION, values);
        if (ownNetwork) {
            apply(templates, Layer.NETWORK, values);
        }
        values.put("DefinitionBucket", Objects.requireNonNull(values.get("ArtifactBucketName")));
        values.put("DefinitionKey", upload("trust", values.get("DefinitionBucket")));
        values.put("TriggerDefinitionKey", upload("trigger", values.get("DefinitionBucket")));
        if (!environment.exists()) {
            values.putIfAbsent("ImageUri", values.get("RepositoryUri") + ":" + source.version());
        }
        for (Layer layer : List.of(Layer.DATA, Layer.TASKS, Layer.PIPELINE, Layer.SERVICE, Layer.MONITORING)) {
            apply(templates, layer, values);
        }
        for (Layer layer : optional) {
            layer.definitionKey()
                    .ifPresent(key -> values.put(key, upload(layer.template(), values.get("DefinitionBucket"))));
            // Image and network are the pipeline's, also when they were given to an earlier deployment.
            environment.parameters().forEach(values::putIfAbsent);
            apply(templates, layer, values);
        }
    }

    private Map<Layer, Template> templates() {
        Map<Layer, Template> templates = new LinkedHashMap<>();
        for (Layer layer : Layer.values()) {
            templates.put(layer, source.template(layer));
        }
        return templates;
    }

    private static void checkKnown(Map<Layer, Template> templates, Map<String, String> given) {
        Set<String> known = new LinkedHashSet<>();
        templates.values().forEach(template -> known.addAll(template.parameters()));
        List<String> unknown = new ArrayList<>(given.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "No template has the parameter " + String.join(", ", unknown) + "; there are "
                            + String.join(", ", known));
        }
    }

    /** The optional layers that are wanted, now or when the environment was made. */
    private Set<Layer> optional(Map<Layer, Template> templates, Map<String, String> given) {
        Set<Layer> wanted = new LinkedHashSet<>(Layer.optional());
        wanted.removeIf(layer -> !given.containsKey(layer.askedBy())
                && environment.stack(layer).find().isEmpty());
        Set<String> taken = new LinkedHashSet<>();
        templates.forEach((layer, template) -> {
            if (wanted.contains(layer) || !Layer.optional().contains(layer)) {
                taken.addAll(template.parameters());
            }
        });
        for (Layer layer : Layer.optional()) {
            Set<String> theirs = new LinkedHashSet<>(given.keySet());
            theirs.removeAll(taken);
            theirs.retainAll(Objects.requireNonNull(templates.get(layer)).parameters());
            if (!theirs.isEmpty()) {
                throw new PipelineException(
                        ExitCode.CONFIGURATION,
                        String.join(", ", theirs) + ": of " + layer.template()
                                + ", which are deployed where there is also --parameter " + layer.askedBy() + "=…");
            }
        }
        return wanted;
    }

    /** A first deployment needs what has no default; later ones keep it. */
    private void checkComplete(Collection<Template> templates, Map<String, String> values) {
        if (environment.exists()) {
            return;
        }
        Set<String> there = new LinkedHashSet<>(values.keySet());
        there.addAll(List.of("DefinitionBucket", "DefinitionKey", "TriggerDefinitionKey", "ImageUri"));
        Layer.optional().forEach(layer -> layer.definitionKey().ifPresent(there::add));
        Set<String> missing = new LinkedHashSet<>();
        for (Template template : templates) {
            missing.addAll(template.missing(there));
            there.addAll(template.outputs());
        }
        if (!missing.isEmpty()) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "A first deployment needs --parameter " + String.join("=… --parameter ", missing) + "=…");
        }
    }

    /** One is made unless a VPC is named, now or when the environment was made. */
    private boolean ownNetwork(Map<String, String> given) {
        if (given.containsKey("VpcId")) {
            return false;
        }
        return !environment.exists() || environment.stack(Layer.NETWORK).find().isPresent();
    }

    private String query() {
        String query = source.query();
        if (query.getBytes(StandardCharsets.UTF_8).length > LONGEST_PARAMETER) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "sql/trust_source.sql has more than " + LONGEST_PARAMETER
                            + " bytes, which no SSM parameter can hold; shorten its comments");
        }
        return query;
    }

    /** Under a name that changes with the content, so that CloudFormation sees the difference. */
    private String upload(String name, String bucket) {
        byte[] definition = source.definition(name).getBytes(StandardCharsets.UTF_8);
        String key = DEFINITIONS + name + "-" + DigestUtils.sha256Hex(definition) + ".asl.json";
        new ObjectStore(s3, bucket, DEFINITIONS).putIfAbsent(key, definition);
        return key;
    }

    /** Applies one stack and adds its outputs to the values that later ones are given. */
    private void apply(Map<Layer, Template> templates, Layer layer, Map<String, String> values) {
        CloudStack stack = environment.stack(layer);
        Template template = Objects.requireNonNull(templates.get(layer));
        Optional<PlannedChange> planned = stack.plan(template, values, tags());
        if (planned.isEmpty()) {
            conversation.say(stack.name() + ": nothing changes");
        } else {
            carryOut(stack, planned.get());
        }
        values.putAll(stack.outputs());
    }

    private Map<String, String> tags() {
        return Map.of("Project", "trust-pipeline", "Environment", environment.name());
    }

    private void carryOut(CloudStack stack, PlannedChange change) {
        conversation.say(stack.name() + (change.creates() ? " is new:" : " changes:"));
        change.lines().forEach(conversation::say);
        if (!conversation.agrees("Carry this out?")) {
            stack.discard(change);
            throw new PipelineException(ExitCode.STOPPED, stack.name() + " stays as it is; nobody agreed to change it");
        }
        stack.carryOut(change);
        conversation.say(stack.name() + (change.creates() ? " is there" : " is changed"));
    }
}
