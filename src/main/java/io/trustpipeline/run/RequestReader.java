package io.trustpipeline.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the JSON request of a pipeline and checks it against the pipeline's JSON Schema. Every problem is reported, in
 * one message, a line a field; the schema's own descriptions say what would be right. Safe for use by many threads.
 */
public final class RequestReader {
    private static final int LONGEST_SHOWN_VALUE = 80;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode properties;
    private final JsonSchema schema;

    /** A reader of the requests of {@code pipeline}, whose schema is {@code schemas/<pipeline>-request.schema.json}. */
    public RequestReader(String pipeline) {
        String resource = "/schemas/" + pipeline + "-request.schema.json";
        try (InputStream in = RequestReader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no schema " + resource);
            }
            JsonNode tree = JSON.readTree(in);
            this.properties = tree.path("properties");
            this.schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(
                            tree,
                            SchemaValidatorsConfig.builder()
                                    .formatAssertionsEnabled(true)
                                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a request of the trust pipeline.
     *
     * @throws PipelineException REQUEST_REFUSED with a line for every problem
     */
    public RequestFields read(String json) {
        ObjectNode object = readObject(json);
        return new RequestFields(
                object.has("run_date") ? day(object.get("run_date").textValue()) : null,
                text(object, "run_id"),
                text(object, "email"),
                object.has("up_id") ? upId(object) : null,
                null,
                null,
                new Limits(number(object, "max_minutes"), number(object, "max_cost")));
    }

    /**
     * Reads the request of any pipeline: every field that is there is as the schema wants it.
     *
     * @throws PipelineException REQUEST_REFUSED with a line for every problem
     */
    public ObjectNode readObject(String json) {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw refused(List.of("request: not valid JSON, " + oneLine(e.getOriginalMessage()) + at(e)));
        }
        if (!(node instanceof ObjectNode object)) {
            throw refused(List.of("request: not a JSON object; right is {\"run_date\": …}"));
        }
        Set<String> wrong = new LinkedHashSet<>();
        for (ValidationMessage message : schema.validate(object)) {
            String field = message.getInstanceLocation().getNameCount() > 0
                    ? message.getInstanceLocation().getName(0)
                    : message.getProperty();
            if (field != null) {
                wrong.add(field);
            }
        }
        if (object.has("run_date")
                && !wrong.contains("run_date")
                && day(object.get("run_date").textValue()) == null) {
            wrong.add("run_date");
        }
        if (!wrong.isEmpty()) {
            List<String> problems = new ArrayList<>();
            wrong.forEach(field -> problems.add(problem(field, object.get(field))));
            throw refused(problems);
        }
        return object;
    }

    private String problem(String field, @Nullable JsonNode value) {
        JsonNode property = properties.get(field);
        if (property == null) {
            List<String> known = new ArrayList<>();
            properties.fieldNames().forEachRemaining(known::add);
            return shown(field) + ": unknown field; known are " + String.join(", ", known);
        }
        return field + ": " + shown(String.valueOf(value)) + " is not "
                + property.path("description").asText();
    }

    private static PipelineException refused(List<String> problems) {
        return new PipelineException(ExitCode.REQUEST_REFUSED, String.join(System.lineSeparator(), problems));
    }

    private static @Nullable LocalDate day(String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable String text(ObjectNode object, String field) {
        return object.has(field) ? object.get(field).textValue() : null;
    }

    private static @Nullable Double number(ObjectNode object, String field) {
        return object.has(field) ? object.get(field).doubleValue() : null;
    }

    private static long upId(ObjectNode object) {
        JsonNode node = object.get("up_id");
        return node.isTextual() ? Long.parseLong(node.textValue()) : node.longValue();
    }

    /** A value as it may stand in a message: one line, bounded, no control characters. */
    private static String shown(String value) {
        String line = oneLine(value);
        return line.length() <= LONGEST_SHOWN_VALUE ? line : line.substring(0, LONGEST_SHOWN_VALUE) + "…";
    }

    private static String oneLine(@Nullable String message) {
        return String.valueOf(message).replaceAll("[\\p{Cc}\\x{2028}\\x{2029}]+", " ");
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
