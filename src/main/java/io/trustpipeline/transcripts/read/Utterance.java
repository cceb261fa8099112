package io.trustpipeline.transcripts.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said, on one line of a transcript; also a line of a normalised transcript, in JSON.
 *
 * @param lineNumber the physical line of the file, from 1, on which it begins; a paragraph's line in a docx
 * @param speaker as written; {@value #UNKNOWN} when nobody is named
 * @param timestamp as written
 * @param studentId the pupil's UUID, once the speaker is known to be one
 * @param speakerRole as the file says it
 * @param studentExternalId as the file says it
 * @param textOffset code points of the physical line before the text; null where the text does not stand in it as it
 *     is, because it is escaped or spread over lines
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Utterance(
        int lineNumber,
        String speaker,
        String text,
        @Nullable String timestamp,
        @Nullable String studentId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String speakerRole,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String studentExternalId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer textOffset) {
    static final String UNKNOWN = "Unknown";
    /** Of a text whose pupil's name nobody said. */
    static final String AUTHOR = "Author";

    /** Without what only some formats know. */
    static Utterance of(
            int line, String speaker, String text, @Nullable String timestamp, @Nullable Integer textOffset) {
        return new Utterance(line, speaker, text, timestamp, null, null, null, textOffset);
    }

    Utterance of(@Nullable String pupil) {
        return new Utterance(lineNumber, speaker, text, timestamp, pupil, speakerRole, studentExternalId, textOffset);
    }

    /** The same line of the same place, with nothing said by nobody: what stays when a pupil is deleted. */
    public Utterance erased() {
        return new Utterance(lineNumber, "Deleted", "", timestamp, null, null, null, null);
    }
}
