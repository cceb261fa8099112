package io.trustpipeline.transcripts.api;

import io.trustpipeline.transcripts.jobs.JobObjects;
import io.trustpipeline.transcripts.jobs.JobTable;
import io.trustpipeline.transcripts.jobs.PupilDeletion;
import io.trustpipeline.transcripts.publish.Audit;
import io.trustpipeline.transcripts.publish.ClassReading;

import java.util.HashMap;
import java.util.Map;

/** The handlers of the contract's operations. Thread-safe. */
public final class Operations {
    private final Map<String, ApiServer.Handler> handlers = new HashMap<>();

    /** @param ingestion uploads, and the jobs that are begun on them */
    public Operations(
            Ingestion ingestion,
            ClassReading reading,
            JobTable jobs,
            JobObjects objects,
            PupilDeletion deletion,
            Audit audit) {
        PupilReading pupils = new PupilReading(reading, jobs, objects, deletion, audit);
        ClassViews classes = new ClassViews(reading, audit);
        JobViews views = new JobViews(jobs);
        handlers.put("health", request -> Answer.ok(Json.object().put("status", "ok")));
        handlers.put("me", Operations::me);
        handlers.put("presignUpload", ingestion::presign);
        handlers.put("upload", ingestion::upload);
        handlers.put("ingest", ingestion::ingest);
        handlers.put("ingestArtifact", ingestion::ingestArtifact);
        handlers.put("runPipeline", ingestion::ingest);
        handlers.put("artifact", ingestion::artifact);
        handlers.put("job", views::job);
        handlers.put("adminJob", views::job);
        handlers.put("adminJobs", views::jobs);
        handlers.put("latestAssessment", pupils::latest);
        handlers.put("history", pupils::history);
        handlers.put("evidence", pupils::evidence);
        handlers.put("lines", pupils::lines);
        handlers.put("deleteStudent", pupils::delete);
        handlers.put("classes", classes::classes);
        handlers.put("dashboard", classes::dashboard);
        handlers.put("export", classes::export);
    }

    private static Answer me(Request request) {
        Caller caller = request.caller();
        return Answer.ok(Json.object()
                .put("subject", caller.subject())
                .put("name", caller.name())
                .put("role", caller.role().code())
                .set("classes", Json.texts(caller.classes())));
    }

    Map<String, ApiServer.Handler> handlers() {
        return Map.copyOf(handlers);
    }
}
