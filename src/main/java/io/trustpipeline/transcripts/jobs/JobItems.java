package io.trustpipeline.transcripts.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Jobs as items of DynamoDB. */
final class JobItems {
    static final String JOB = "job_id";
    static final String STATUS = "status";
    static final String CLASS = "class_id";
    static final String CREATED = "created_at";
    static final String STUDENTS = "student_ids";
    static final String SCORED = "scored_students";
    static final String LINES = "line_count";
    static final String ERROR = "error";
    static final String STARTED = "started_at";
    static final String ENDED = "ended_at";
    static final String METADATA = "metadata";
    static final String ROSTER = "student_roster";
    static final String INPUTS = "input_keys";
    static final String OUTPUTS = "output_keys";
    static final String FILE = "file_name";
    private static final String TYPE = "artifact_type";

    private static final JsonMapper JSON = new JsonMapper();

    private JobItems() {}

    static Map<String, AttributeValue> key(String jobId) {
        return Map.of(JOB, text(jobId));
    }

    static Map<String, AttributeValue> created(JobRequest request, Instant now, Instant forgotten) {
        Map<String, AttributeValue> item = new HashMap<>(key(request.jobId()));
        item.put("artifact_id", text(request.artifactId()));
        item.put(INPUTS, AttributeValue.fromL(List.of(text(request.inputKey()))));
        item.put(OUTPUTS, AttributeValue.fromL(List.of()));
        item.put(FILE, text(request.fileName()));
        if (request.artifactType() != null) {
            item.put(TYPE, text(request.artifactType()));
        }
        item.put(CLASS, text(request.classId()));
        item.put("date", text(request.date().toString()));
        item.put("analysis_mode", text(request.analysisMode()));
        item.put("model_version", text(request.modelVersion()));
        item.put(
                METADATA,
                AttributeValue.fromM(Map.of(
                        "source",
                        text(request.source()),
                        "uploader_id",
                        text(request.uploaderId()),
                        ROSTER,
                        text(request.roster().toString()))));
        item.put(STATUS, text(JobState.QUEUED.code()));
        item.put(ERROR, text(""));
        item.put(CREATED, AttributeValue.fromN(Long.toString(now.getEpochSecond())));
        item.put("ttl", AttributeValue.fromN(Long.toString(forgotten.getEpochSecond())));
        return item;
    }

    static Job job(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> metadata = required(item, METADATA).m();
        JobRequest request = new JobRequest(
                required(item, JOB).s(),
                required(item, "artifact_id").s(),
                required(item, INPUTS).l().get(0).s(),
                required(item, FILE).s(),
                required(item, CLASS).s(),
                LocalDate.parse(required(item, "date").s()),
                roster(required(metadata, ROSTER).s()),
                required(metadata, "source").s(),
                required(metadata, "uploader_id").s(),
                required(item, "analysis_mode").s(),
                required(item, "model_version").s(),
                item.containsKey(TYPE) ? required(item, TYPE).s() : null);
        AttributeValue none = AttributeValue.fromL(List.of());
        return new Job(
                request,
                JobState.of(required(item, STATUS).s()),
                item.getOrDefault(STUDENTS, none).l().stream()
                        .map(AttributeValue::s)
                        .toList(),
                item.getOrDefault(SCORED, none).ss(),
                Integer.parseInt(
                        item.getOrDefault(LINES, AttributeValue.fromN("0")).n()),
                required(item, ERROR).s(),
                Instant.ofEpochSecond(Long.parseLong(required(item, CREATED).n())),
                instant(item.get(STARTED)),
                instant(item.get(ENDED)));
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    private static JsonNode roster(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Instant instant(@Nullable AttributeValue value) {
        return value == null ? null : Instant.parse(value.s());
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue texts(List<String> values) {
        return AttributeValue.fromL(values.stream().map(JobItems::text).toList());
    }
}
