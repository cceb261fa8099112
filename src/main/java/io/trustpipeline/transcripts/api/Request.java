package io.trustpipeline.transcripts.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.ValidationMessage;
import io.trustpipeline.transcripts.api.Contract.Operation;
import io.trustpipeline.transcripts.api.Contract.Parameter;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;

/**
 * A request as the contract wants it: every parameter and field is there and of its kind.
 *
 * @param json the body; null when the operation has none in JSON
 * @param bytes the body as it comes
 */
record Request(
        Caller caller,
        Map<String, String> parameters,
        @Nullable JsonNode json,
        InputStream bytes) {
    private static final JsonMapper JSON = new JsonMapper();

    static Map<String, String> parameters(Operation operation, Matcher path, @Nullable String query) {
        Map<String, String> asked = query(query);
        Map<String, String> values = new HashMap<>();
        for (Parameter parameter : operation.parameters()) {
            String value = parameter.inPath() ? decoded(path.group(parameter.group())) : asked.get(parameter.name());
            if (value == null && parameter.required()) {
                throw Problem.invalid(parameter.name() + ": missing; right is " + parameter.right());
            }
            if (value != null) {
                check(parameter, value);
                values.put(parameter.name(), value);
            }
        }
        return values;
    }

    private static void check(Parameter parameter, String value) {
        JsonNode node = parameter.integer() && value.matches("\\d{1,9}")
                ? IntNode.valueOf(Integer.parseInt(value))
                : TextNode.valueOf(value);
        if (!parameter.schema().validate(node).isEmpty()) {
            throw Problem.invalid(parameter.name() + ": right is " + parameter.right());
        }
    }

    private static Map<String, String> query(@Nullable String query) {
        Map<String, String> asked = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    asked.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return asked;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("the address is not encoded as addresses are");
        }
    }

    /** @throws Problem 400 with every field that is wrong, in one line */
    static JsonNode json(Operation operation, byte[] body) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw Problem.invalid("the body is not valid JSON");
        } catch (IOException e) {
            throw Problem.invalid("the body cannot be read");
        }
        Set<String> problems = new LinkedHashSet<>();
        if (operation.body() != null) {
            for (ValidationMessage message : operation.body().validate(node)) {
                String field = message.getInstanceLocation().getNameCount() > 0
                        ? message.getInstanceLocation().getName(0)
                        : message.getProperty();
                JsonNode right =
                        operation.bodyProperties().path(String.valueOf(field)).path("description");
                problems.add(
                        right.isMissingNode()
                                ? "\"" + field + "\" is no field of this request"
                                : field + ": right is " + right.asText());
            }
        }
        if (!problems.isEmpty()) {
            throw Problem.invalid(String.join("; ", problems));
        }
        return node;
    }

    String text(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    UUID uuid(String parameter) {
        return UUID.fromString(text(parameter));
    }

    int number(String parameter, int otherwise) {
        return parameters.containsKey(parameter) ? Integer.parseInt(text(parameter)) : otherwise;
    }

    /** The body of an operation that has one. */
    JsonNode body() {
        if (json == null) {
            throw new IllegalStateException("an operation without a body");
        }
        return json;
    }
}
