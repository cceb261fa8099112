package io.trustpipeline.transcripts.read;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A pupil of a class.
 *
 * @param studentId a UUID, in lower case
 * @param name as people write it
 * @param externalRef the school's own number, if there is one
 * @param aliases other names that transcripts use
 */
public record Pupil(String studentId, String name, @Nullable String externalRef, List<String> aliases) {
    public Pupil {
        aliases = List.copyOf(aliases);
    }
}
