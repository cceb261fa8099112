package io.trustpipeline.transcripts.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.transcripts.jobs.Job;
import io.trustpipeline.transcripts.jobs.JobObjects;
import io.trustpipeline.transcripts.jobs.JobTable;
import io.trustpipeline.transcripts.jobs.PupilDeletion;
import io.trustpipeline.transcripts.publish.Audit;
import io.trustpipeline.transcripts.publish.ClassReading;
import io.trustpipeline.transcripts.read.Utterance;

import java.util.List;
import java.util.UUID;

/** Reads of one pupil's data: only of a class that the caller sees, and each of them with its entry in the audit. */
final class PupilReading {
    private final ClassReading reading;
    private final JobTable jobs;
    private final JobObjects objects;
    private final PupilDeletion deletion;
    private final Audit audit;

    PupilReading(ClassReading reading, JobTable jobs, JobObjects objects, PupilDeletion deletion, Audit audit) {
        this.reading = reading;
        this.jobs = jobs;
        this.objects = objects;
        this.deletion = deletion;
        this.audit = audit;
    }

    Answer latest(Request request) {
        UUID student = request.uuid("student_id");
        ObjectNode latest = reading.latest(student)
                .filter(row -> request.caller().sees(classOf(row)))
                .orElseThrow(() -> Problem.unknown("an assessment of " + student));
        audit(request, "read-assessment", student);
        return Answer.ok(latest);
    }

    Answer history(Request request) {
        UUID student = request.uuid("student_id");
        List<ObjectNode> rows =
                reading.history(student, request.number("limit", 10), request.number("offset", 0)).stream()
                        .filter(row -> request.caller().sees(classOf(row)))
                        .toList();
        audit(request, "read-history", student);
        return Answer.ok(ClassReading.array(rows));
    }

    Answer evidence(Request request) {
        UUID assessment = UUID.fromString(seen(request).get("assessment_id").textValue());
        audit(request, "read-evidence", assessment);
        return Answer.ok(ClassReading.array(reading.evidence(assessment)));
    }

    /** Only the pupil's own lines: what others said is theirs. */
    Answer lines(Request request) {
        ObjectNode assessment = seen(request);
        String student = assessment.get("student_id").textValue();
        Job job = jobs.find(assessment.get("job_id").textValue())
                .orElseThrow(() -> Problem.unknown("the transcript of this assessment"));
        ArrayNode lines = Json.array();
        for (Utterance line : objects.lines(job)) {
            if (student.equals(line.studentId())) {
                lines.add(Json.object()
                        .put("line_number", line.lineNumber())
                        .put("timestamp", line.timestamp())
                        .put("speaker", line.speaker())
                        .put("text", line.text()));
            }
        }
        audit(
                request,
                "read-lines",
                UUID.fromString(assessment.get("assessment_id").textValue()));
        return Answer.ok(lines);
    }

    Answer delete(Request request) {
        PupilDeletion.Deleted deleted = deletion.delete(request.uuid("student_id"), null, actor(request.caller()));
        return Answer.ok(Json.object().put("jobs", deleted.jobs()).put("assessments", deleted.assessments()));
    }

    private ObjectNode seen(Request request) {
        UUID assessment = request.uuid("assessment_id");
        return reading.assessment(assessment)
                .filter(row -> request.caller().sees(classOf(row)))
                .orElseThrow(() -> Problem.unknown("assessment " + assessment));
    }

    private static String classOf(ObjectNode row) {
        return row.get("class_id").textValue();
    }

    private void audit(Request request, String action, UUID record) {
        audit.add(actor(request.caller()), action, record.toString());
    }

    static Audit.Actor actor(Caller caller) {
        return new Audit.Actor(caller.subject(), caller.role().code(), caller.address());
    }
}
