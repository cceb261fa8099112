package io.trustpipeline.transcripts.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectEntry;
import io.trustpipeline.transcripts.publish.Audit;
import io.trustpipeline.transcripts.publish.Deletions;
import io.trustpipeline.transcripts.read.NormalisedLines;
import io.trustpipeline.transcripts.read.Roster;
import io.trustpipeline.transcripts.score.PupilScores;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes a pupil everywhere: scores, lines, the uploads they stand in, roster entries, rows. Only the entry of the audit
 * that says so stays. It may be repeated, and goes on where it stopped.
 */
public final class PupilDeletion {
    private static final int JOBS_LOOKED_AT = 10_000;

    private final JobTable jobs;
    private final JobObjects objects;
    private final Deletions rows;

    public PupilDeletion(JobTable jobs, JobObjects objects, Deletions rows) {
        this.jobs = jobs;
        this.objects = objects;
        this.rows = rows;
    }

    /** What went. */
    public record Deleted(int jobs, int assessments) {}

    /**
     * Deletes.
     *
     * @param classId of the pupil, beside those that the database knows; null for these alone
     * @throws PipelineException DATA_REFUSED when nobody knows the pupil's class, UNAVAILABLE while a job of the class
     *     is under way
     */
    public Deleted delete(UUID student, @Nullable String classId, Audit.Actor actor) {
        SortedSet<String> classes = new TreeSet<>(rows.classesOf(student));
        if (classId != null) {
            classes.add(classId);
        }
        if (classes.isEmpty()) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, student + ": no such pupil; right is also the class (--class)");
        }
        List<Job> all = new ArrayList<>();
        classes.forEach(name -> all.addAll(jobs.ofClass(name, JOBS_LOOKED_AT)));
        for (Job job : all) {
            if (!job.state().isFinal()) {
                throw new PipelineException(
                        ExitCode.UNAVAILABLE,
                        job.jobId() + ": is under way in this class; try again when it has ended");
            }
        }
        rows.request(student, actor);
        KillPoint.pass("AFTER_DELETION_REQUEST");
        int touched = 0;
        for (Job job : all) {
            touched += erase(job, student.toString()) ? 1 : 0;
        }
        if (all.size() < JOBS_LOOKED_AT) {
            classes.forEach(name -> dropUnused(name, all));
        }
        KillPoint.pass("AFTER_DELETED_OBJECTS");
        return new Deleted(touched, rows.remove(student, classes, actor));
    }

    /** Uploads that no job has begun on: nobody knows whose words they hold. */
    private void dropUnused(String classId, List<Job> jobsOfClass) {
        Set<String> used =
                jobsOfClass.stream().map(job -> job.request().inputKey()).collect(Collectors.toSet());
        List<String> unused;
        try (Stream<ObjectEntry> uploads = objects.store().list(JobKeys.RAW)) {
            unused = uploads.map(ObjectEntry::key)
                    .filter(key -> JobKeys.isUploadOf(key, classId) && !used.contains(key))
                    .toList();
        }
        for (String key : unused) {
            objects.delete(key);
            objects.delete(JobKeys.announcement(JobKeys.artifactOf(key)));
        }
    }

    /** The roster last: as long as the pupil is on it, a repetition looks here again. */
    private boolean erase(Job job, String student) {
        Roster roster = job.roster();
        if (roster.pupil(student).isEmpty() && !job.studentIds().contains(student)) {
            return false;
        }
        objects.delete(job.request().inputKey());
        objects.delete(JobKeys.announcement(job.request().artifactId()));
        objects.rewrite(
                JobKeys.normalized(job),
                () -> NormalisedLines.write(objects.lines(job).stream()
                        .map(line -> student.equals(line.studentId()) ? line.erased() : line)
                        .toList()));
        objects.delete(JobKeys.pupilScores(job, student));
        List<PupilScores> others = job.studentIds().stream()
                .filter(id -> !id.equals(student) && objects.store().exists(JobKeys.pupilScores(job, id)))
                .map(id -> objects.pupilScores(job, id))
                .toList();
        objects.rewrite(JobKeys.scores(job), () -> JobJson.bytes(Aggregation.result(job, others)));
        objects.rewrite(JobKeys.aggregate(job), () -> JobJson.bytes(Aggregation.summary(job, others)));
        jobs.forget(job, without(job.request().roster(), roster, student).toString());
        return true;
    }

    private static JsonNode without(JsonNode entries, Roster roster, String student) {
        ArrayNode kept = new JsonMapper().createArrayNode();
        for (int i = 0; i < entries.size(); i++) {
            // A roster keeps the order of its entries.
            if (!roster.pupils().get(i).studentId().equals(student)) {
                kept.add(entries.get(i));
            }
        }
        return kept;
    }
}
