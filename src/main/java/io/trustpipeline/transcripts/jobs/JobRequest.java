package io.trustpipeline.transcripts.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.transcripts.read.Format;
import io.trustpipeline.transcripts.read.RosterFile;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What somebody asks for: a transcript of a class, scored.
 *
 * @param artifactId the upload; two jobs of one upload assess the same session
 * @param inputKey the object that was uploaded
 * @param fileName as it was uploaded; its ending is its format
 * @param roster as {@link RosterFile} reads it
 * @param source who recorded it or where it comes from, 1 to 100 characters
 * @param modelVersion of the scorer whose scores are wanted
 * @param artifactType what a pupil made, such as an essay, 1 to 50 characters; the roster is that pupil alone. Null for a
 *     transcript
 */
public record JobRequest(
        String jobId,
        String artifactId,
        String inputKey,
        String fileName,
        String classId,
        LocalDate date,
        JsonNode roster,
        String source,
        String uploaderId,
        String analysisMode,
        String modelVersion,
        @Nullable String artifactType) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
    private static final Pattern CLASS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int LONGEST_FILE_NAME = 255;
    private static final int LONGEST_SOURCE = 100;
    private static final int LONGEST_TYPE = 50;

    /** For a transcript. */
    public JobRequest(
            String jobId,
            String artifactId,
            String inputKey,
            String fileName,
            String classId,
            LocalDate date,
            JsonNode roster,
            String source,
            String uploaderId,
            String analysisMode,
            String modelVersion) {
        this(
                jobId,
                artifactId,
                inputKey,
                fileName,
                classId,
                date,
                roster,
                source,
                uploaderId,
                analysisMode,
                modelVersion,
                null);
    }

    /**
     * Looks at every field.
     *
     * @throws PipelineException REQUEST_REFUSED with a line for every problem
     */
    void check() {
        List<String> problems = new ArrayList<>();
        check(problems, ID.matcher(jobId).matches(), "job_id: not 1 to 80 of A-Z, a-z, 0-9, '.', '_', '-'");
        check(problems, ID.matcher(artifactId).matches(), "artifact_id: not 1 to 80 of A-Z, a-z, 0-9, '.', '_', '-'");
        check(problems, CLASS.matcher(classId).matches(), "class_id: not 1 to 100 of A-Z, a-z, 0-9, '.', '_', '-'");
        check(
                problems,
                !fileName.isBlank() && fileName.length() <= LONGEST_FILE_NAME,
                "file_name: not 1 to " + LONGEST_FILE_NAME + " characters");
        check(
                problems,
                !source.isBlank() && source.length() <= LONGEST_SOURCE,
                "source: not 1 to " + LONGEST_SOURCE + " characters");
        check(
                problems,
                artifactType == null || !artifactType.isBlank() && artifactType.length() <= LONGEST_TYPE,
                "artifact_type: not 1 to " + LONGEST_TYPE + " characters");
        try {
            RosterFile.of(roster, classId);
            Format format = Format.ofName(fileName);
            if (artifactType == null) {
                check(problems, format.isTranscript(), fileName + ": not a transcript");
            } else {
                check(
                        problems,
                        format.isDocument(),
                        "artifact_id: pictures are kept, but not read; right is a pdf or docx");
            }
        } catch (PipelineException wrong) {
            problems.add(wrong.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new PipelineException(ExitCode.REQUEST_REFUSED, String.join(System.lineSeparator(), problems));
        }
    }

    private static void check(List<String> problems, boolean right, String problem) {
        if (!right) {
            problems.add(problem);
        }
    }

    /** Whether another request asks for the same, whoever asks. */
    boolean asksTheSameAs(JobRequest other) {
        return artifactId.equals(other.artifactId)
                && inputKey.equals(other.inputKey)
                && classId.equals(other.classId)
                && date.equals(other.date)
                && roster.equals(other.roster)
                && modelVersion.equals(other.modelVersion)
                && Objects.equals(artifactType, other.artifactType);
    }
}
