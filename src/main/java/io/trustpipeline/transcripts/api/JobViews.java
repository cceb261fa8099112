package io.trustpipeline.transcripts.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.transcripts.jobs.Job;
import io.trustpipeline.transcripts.jobs.JobState;
import io.trustpipeline.transcripts.jobs.JobTable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How far jobs are; without a pupil's name or word. */
final class JobViews {
    private final JobTable jobs;

    JobViews(JobTable jobs) {
        this.jobs = jobs;
    }

    Answer job(Request request) {
        String id = request.text("job_id");
        Job job = jobs.find(id)
                .filter(found -> request.caller().sees(found.classId()))
                .orElseThrow(() -> Problem.unknown("job " + id));
        return Answer.ok(shown(job));
    }

    Answer jobs(Request request) {
        String classId = request.text("class_id");
        String status = request.text("status");
        if (classId.isEmpty() == status.isEmpty()) {
            throw Problem.invalid("class_id, status: right is one of the two");
        }
        int size = request.number("page_size", 20);
        int from = (request.number("page", 1) - 1) * size;
        List<Job> found = classId.isEmpty()
                ? jobs.in(JobState.valueOf(status.toUpperCase(Locale.ROOT)), from + size)
                : jobs.ofClass(classId, from + size);
        ArrayNode page = Json.array();
        found.stream().skip(from).forEach(job -> page.add(shown(job)));
        return Answer.ok(page);
    }

    static ObjectNode shown(Job job) {
        ObjectNode shown = Json.object()
                .put("job_id", job.jobId())
                .put("artifact_id", job.request().artifactId())
                .put("class_id", job.classId())
                .put("date", job.date().toString())
                .put("status", job.state().code())
                .put("analysis_mode", job.request().analysisMode())
                .put("model_version", job.request().modelVersion())
                .put("line_count", job.lineCount())
                .put("student_count", job.studentIds().size())
                .put("scored_count", job.scoredStudents().size())
                .put("error", job.error())
                .put("created_at", job.createdAt().toString());
        shown.put("started_at", job.startedAt() == null ? null : job.startedAt().toString());
        shown.put("ended_at", job.endedAt() == null ? null : job.endedAt().toString());
        shown.put("duration_seconds", job.duration().map(Duration::toSeconds).orElse(null));
        shown.set("student_ids", Json.texts(job.studentIds()));
        return shown;
    }
}
