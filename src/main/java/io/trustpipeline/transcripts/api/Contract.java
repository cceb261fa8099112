package io.trustpipeline.transcripts.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The OpenAPI document: which requests there are, who may make them, and what they may hold. Immutable. */
final class Contract {
    private static final String DOCUMENT = "openapi.yaml";

    private final List<Operation> operations = new ArrayList<>();

    /**
     * A request that there is.
     *
     * @param path a pattern with a named group for each parameter
     * @param roles who may make it; empty for everybody, also without a token
     * @param body what its JSON must be; null when it has none, or none in JSON
     */
    record Operation(
            String id,
            String method,
            Pattern path,
            Set<String> roles,
            List<Parameter> parameters,
            @Nullable JsonSchema body,
            JsonNode bodyProperties) {}

    /** A part of the path or query. */
    record Parameter(
            String name,
            String group,
            boolean inPath,
            boolean required,
            JsonSchema schema,
            boolean integer,
            String right) {}

    static Contract read() {
        try (InputStream in = Contract.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + DOCUMENT);
            }
            // Jackson alone does not follow YAML's anchors.
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return new Contract(new YAMLMapper().valueToTree(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Contract(JsonNode document) {
        Iterator<Map.Entry<String, JsonNode>> paths = document.path("paths").fields();
        while (paths.hasNext()) {
            Map.Entry<String, JsonNode> path = paths.next();
            Iterator<Map.Entry<String, JsonNode>> methods = path.getValue().fields();
            while (methods.hasNext()) {
                Map.Entry<String, JsonNode> method = methods.next();
                operations.add(operation(path.getKey(), method.getKey(), method.getValue()));
            }
        }
    }

    private static Operation operation(String path, String method, JsonNode said) {
        Set<String> roles = new HashSet<>();
        said.path("x-roles").forEach(role -> roles.add(role.asText()));
        List<Parameter> parameters = new ArrayList<>();
        said.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
        JsonNode body = said.path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        return new Operation(
                said.path("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                Pattern.compile(path.replaceAll("\\{(\\w+?)_(\\w+)}", "(?<$1$2>[^/]+)")),
                roles,
                parameters,
                body.isMissingNode() ? null : schema(body),
                body.path("properties"));
    }

    private static Parameter parameter(JsonNode said) {
        String name = said.path("name").asText();
        return new Parameter(
                name,
                name.replace("_", ""),
                said.path("in").asText().equals("path"),
                said.path("required").asBoolean(),
                schema(said.path("schema")),
                said.path("schema").path("type").asText().equals("integer"),
                said.path("description").asText());
    }

    private static JsonSchema schema(JsonNode tree) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        tree,
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build());
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }
}
