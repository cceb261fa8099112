package io.trustpipeline.transcripts.score;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is scored. */
public enum Skill {
    EMPATHY,
    ADAPTABILITY,
    COLLABORATION,
    COMMUNICATION,
    SELF_REGULATION;

    /** As it stands in results, columns and metrics. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Skill> of(String code) {
        return Arrays.stream(values())
                .filter(skill -> skill.name().equalsIgnoreCase(code))
                .findFirst();
    }
}
