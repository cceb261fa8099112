package io.trustpipeline.chunked;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Reads a declaration and the SQL files that it names, which stand beside it. */
public final class DeclarationReader {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final UnaryOperator<String> files;
    private final StringBuilder contents = new StringBuilder();

    /** @param files the text of a file, by its name */
    private DeclarationReader(UnaryOperator<String> files) {
        this.files = files;
    }

    /** The file as it is written. */
    private record Fields(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "table", required = true) String table,
            @JsonProperty(value = "key", required = true) List<KeyColumn> key,
            @JsonProperty("row") @Nullable KeyColumn row,
            @JsonProperty(value = "window", required = true) Window window,
            @JsonProperty(value = "chunks", required = true) ChunkSizes chunks,

            @JsonProperty(value = "workers", required = true)
            Workers workers,

            @JsonProperty("snapshot") @Nullable List<String> snapshot,

            @JsonProperty(value = "distribution", required = true)
            String distribution,

            @JsonProperty("prepare") @Nullable List<String> prepare,
            @JsonProperty("mark") @Nullable String mark,
            @JsonProperty(value = "update", required = true) String update,
            @JsonProperty("unseen") @Nullable String unseen,
            @JsonProperty("resolve") @Nullable String resolve,
            @JsonProperty("checks") @Nullable String checks,
            @JsonProperty("succeeded") @Nullable List<String> succeeded,
            @JsonProperty("failed") @Nullable List<String> failed) {
        Fields {
            require("name", name);
            require("table", table);
            require("key", key);
            require("window", window);
            require("chunks", chunks);
            require("workers", workers);
            require("distribution", distribution);
            require("update", update);
            Stream.of(key, snapshot, prepare, succeeded, failed)
                    .filter(Objects::nonNull)
                    .flatMap(List::stream)
                    .forEach(entry -> require("an entry of a list", entry));
        }

        /** A field that is there without a value counts as there for Jackson. */
        private static void require(String field, @Nullable Object value) {
            if (value == null) {
                throw new IllegalArgumentException(field + ": has no value");
            }
        }
    }

    /**
     * Reads a declaration.
     *
     * @param file the YAML's name
     * @param files the text of a file, by its name
     * @throws PipelineException CONFIGURATION naming the file and what is wrong with it
     */
    public static Declaration read(String file, UnaryOperator<String> files) {
        return new DeclarationReader(files).read(file);
    }

    private Declaration read(String file) {
        @Nullable Fields fields;
        try {
            fields = YAML.readValue(text(file), Fields.class);
        } catch (JsonProcessingException e) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    file + ": " + e.getOriginalMessage().lines().findFirst().orElse("not valid YAML"),
                    e);
        }
        if (fields == null) {
            throw new PipelineException(ExitCode.CONFIGURATION, file + ": is empty");
        }
        List<SqlFile> snapshot = all(fields.snapshot());
        SqlFile distribution = sql(fields.distribution());
        List<SqlFile> prepare = all(fields.prepare());
        @Nullable SqlFile mark = optional(fields.mark());
        SqlFile update = sql(fields.update());
        @Nullable SqlFile unseen = optional(fields.unseen());
        @Nullable SqlFile resolve = optional(fields.resolve());
        @Nullable SqlFile checks = optional(fields.checks());
        List<SqlFile> succeeded = all(fields.succeeded());
        List<SqlFile> failed = all(fields.failed());
        return new Declaration(
                fields.name(),
                DigestUtils.sha256Hex(contents.toString()),
                fields.table(),
                List.copyOf(fields.key()),
                fields.row(),
                fields.window(),
                fields.chunks(),
                fields.workers(),
                snapshot,
                distribution,
                prepare,
                mark,
                update,
                unseen,
                resolve,
                checks,
                succeeded,
                failed);
    }

    private List<SqlFile> all(@Nullable List<String> names) {
        return names == null ? List.of() : names.stream().map(this::sql).toList();
    }

    private @Nullable SqlFile optional(@Nullable String name) {
        return name == null ? null : sql(name);
    }

    private SqlFile sql(String name) {
        return new SqlFile(name, text(name));
    }

    private String text(String name) {
        String text = files.apply(name);
        contents.append(name).append('\n').append(text).append('\n');
        return text;
    }
}
