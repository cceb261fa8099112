package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads feature definitions, and refuses what cannot be computed before a row is read. */
public final class DefinitionsReader {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    /** Columns and attributes that are there whatever is defined. */
    private static final Set<String> TAKEN = Set.of("customer_id", "date", "dataset_size", "run_id", "computed_at");

    private DefinitionsReader() {}

    /** The file as it is written. */
    private record Fields(
            @JsonProperty(value = "name", required = true) String name,

            @JsonProperty(value = "customer", required = true)
            String customer,

            @JsonProperty(value = "time", required = true) String time,
            @JsonProperty("checks") List<RowCheck> checks,

            @JsonProperty(value = "features", required = true)
            List<Feature> features) {
        Fields {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(customer, "customer");
            Objects.requireNonNull(time, "time");
            checks = checks == null ? List.of() : List.copyOf(checks);
            features = List.copyOf(features);
        }
    }

    /**
     * Reads definitions.
     *
     * @param file what messages call them
     * @throws PipelineException CONFIGURATION naming the file and what is wrong with it
     */
    public static Definitions read(String file, String yaml) {
        @Nullable Fields fields;
        try {
            fields = YAML.readValue(yaml, Fields.class);
        } catch (JsonProcessingException e) {
            throw wrong(file, e.getOriginalMessage().lines().findFirst().orElse("not valid YAML"));
        }
        if (fields == null || fields.features().isEmpty()) {
            throw wrong(file, "features: none; right is at least one");
        }
        Set<String> names = new HashSet<>();
        for (Feature feature : fields.features()) {
            requireName(file, feature.name(), names);
        }
        for (RowCheck check : fields.checks()) {
            requireName(file, check.name(), names);
        }
        return new Definitions(
                fields.name(),
                DigestUtils.sha256Hex(yaml),
                fields.customer(),
                fields.time(),
                fields.checks(),
                fields.features());
    }

    private static void requireName(String file, String name, Set<String> names) {
        if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
            throw wrong(
                    file, "\"" + name + "\" is no name for a column; right are a-z, 0-9 and _, such as avg_fare_1d");
        }
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw wrong(file, "\"" + name + "\" is defined twice; two meanings need two names");
        }
    }

    private static PipelineException wrong(String file, String reason) {
        return new PipelineException(ExitCode.CONFIGURATION, file + ": " + reason);
    }
}
