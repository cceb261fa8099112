package io.trustpipeline.transcripts.jobs;

import io.trustpipeline.transcripts.read.Format;
import io.trustpipeline.transcripts.read.Roster;
import io.trustpipeline.transcripts.read.RosterFile;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the table knows of a job.
 *
 * @param request what was asked for
 * @param studentIds pupils who speak; empty before the transcript is normalised
 * @param scoredStudents those of them whose scores are stored
 * @param error why it failed, or why it is not published; empty otherwise
 */
public record Job(
        JobRequest request,
        JobState state,
        List<String> studentIds,
        List<String> scoredStudents,
        int lineCount,
        String error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    public Job {
        studentIds = List.copyOf(studentIds);
        scoredStudents = List.copyOf(scoredStudents);
    }

    public String jobId() {
        return request.jobId();
    }

    public String classId() {
        return request.classId();
    }

    public LocalDate date() {
        return request.date();
    }

    /** Empty once everybody on it was deleted. */
    public Roster roster() {
        return request.roster().isEmpty() ? Roster.EMPTY : RosterFile.of(request.roster(), request.classId());
    }

    Format format() {
        return Format.ofName(request.fileName());
    }

    /** From the beginning to the end; empty while it is under way. */
    public Optional<Duration> duration() {
        return endedAt == null ? Optional.empty() : Optional.of(Duration.between(createdAt, endedAt));
    }

    boolean isScored() {
        return !studentIds.isEmpty() && scoredStudents.containsAll(studentIds);
    }
}
