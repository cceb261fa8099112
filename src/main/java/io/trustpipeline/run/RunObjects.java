package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.trustpipeline.store.ObjectEntry;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.PutResult;
import io.trustpipeline.store.StoredBytes;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The small JSON objects of a run: readable, with ISO dates, tolerant of fields that later versions add. */
public final class RunObjects {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private static final int MOST_TRIES = 20;

    private final ObjectStore store;

    public RunObjects(ObjectStore store) {
        this.store = store;
    }

    /** True when this call created the object; false when the key was taken already. */
    public boolean create(String key, Object value) {
        return store.putIfAbsent(key, json(value)) instanceof PutResult.Created;
    }

    /**
     * Reads an object that {@link #create} wrote, if it is there.
     *
     * @throws PipelineException DATA_REFUSED naming the object when it is something else
     */
    public <T> Optional<T> read(String key, Class<T> type) {
        return store.get(key).map(stored -> parse(stored.bytes(), type, key));
    }

    boolean exists(String key) {
        return store.exists(key);
    }

    /**
     * Moves an object forward; whoever else moves it at the same time, no step is lost.
     *
     * @throws PipelineException UNAVAILABLE when the store says again and again that somebody else moved it
     */
    public <T> T advance(String key, Class<T> type, UnaryOperator<T> step) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            StoredBytes now = store.get(key).orElseThrow();
            T current = parse(now.bytes(), type, key);
            T next = step.apply(current);
            if (next.equals(current)
                    || store.compareAndSet(key, now.etag(), json(next)).isPresent()) {
                return next;
            }
        }
        throw new PipelineException(
                ExitCode.UNAVAILABLE,
                key + ": was changed by somebody else " + MOST_TRIES + " times in a row; start the run again");
    }

    List<String> keys(String prefix) {
        try (Stream<ObjectEntry> entries = store.list(prefix)) {
            return entries.map(ObjectEntry::key).toList();
        }
    }

    /** A record as {@link #create} writes it. */
    public static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T parse(byte[] json, Class<T> type, String key) {
        try {
            T read = JSON.readValue(json, type);
            if (read != null) {
                return read;
            }
            throw refused(key, type, null);
        } catch (IOException e) {
            throw refused(key, type, e);
        }
    }

    private static PipelineException refused(String key, Class<?> type, @Nullable IOException cause) {
        return new PipelineException(
                ExitCode.DATA_REFUSED,
                key + ": is not a " + type.getSimpleName() + " of this program; restore it, or use a new run_id",
                cause);
    }
}
