package io.trustpipeline.transcripts.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunIds;
import io.trustpipeline.transcripts.jobs.Intake;
import io.trustpipeline.transcripts.jobs.Job;
import io.trustpipeline.transcripts.jobs.JobRequest;
import io.trustpipeline.transcripts.jobs.Uploads;
import io.trustpipeline.transcripts.jobs.Uploads.Artifact;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Uploads, and jobs on them, for the caller's own classes. */
public final class Ingestion {
    private static final Logger LOG = LoggerFactory.getLogger(Ingestion.class);
    private static final Duration URL_LIFE = Duration.ofHours(1);

    private final Uploads uploads;
    private final Intake intake;
    private final Consumer<Job> begin;
    private final Executor beginners;
    private final Presigner presigner;
    private final Scorer scorer;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Makes URLs by which an object may be put without other credentials. */
    public interface Presigner {
        String url(String key, String contentType, long bytes, Duration life);
    }

    /** Whose scores are asked for. */
    public record Scorer(String analysisMode, String modelVersion) {}

    /** @param begin carries a job on; called on a thread of {@code beginners} */
    public Ingestion(
            Uploads uploads,
            Intake intake,
            Consumer<Job> begin,
            Executor beginners,
            Presigner presigner,
            Scorer scorer,
            Clock clock) {
        this.uploads = uploads;
        this.intake = intake;
        this.begin = begin;
        this.beginners = beginners;
        this.presigner = presigner;
        this.scorer = scorer;
        this.clock = clock;
    }

    Answer presign(Request request) {
        JsonNode body = request.body();
        String classId = ownClass(request.caller(), body);
        Instant now = clock.instant();
        Artifact artifact = uploads.announce(
                RunIds.next(clock, random),
                request.caller().subject(),
                classId,
                LocalDate.parse(body.get("date").textValue()),
                body.get("file_name").textValue(),
                body.get("file_format").textValue(),
                body.path("content_type").asText(),
                body.get("file_size_bytes").longValue(),
                now);
        return Answer.of(
                201,
                Json.object()
                        .put("artifact_id", artifact.artifactId())
                        .put("s3_key", artifact.artifactKey())
                        .put(
                                "upload_url",
                                presigner.url(
                                        artifact.artifactKey(),
                                        artifact.contentType(),
                                        artifact.fileSizeBytes(),
                                        URL_LIFE))
                        .put("expires_at", now.plus(URL_LIFE).toString())
                        .put("upload_method", "PUT"));
    }

    Answer upload(Request request) {
        uploads.bring(own(request, request.text("artifact_id")), request.bytes());
        return Answer.nothing();
    }

    Answer artifact(Request request) {
        Artifact artifact = own(request, request.text("artifact_id"));
        return Answer.ok(Json.object()
                .put("artifact_id", artifact.artifactId())
                .put("artifact_key", artifact.artifactKey())
                .put("class_id", artifact.classId())
                .put("date", artifact.date().toString())
                .put("content_type", artifact.contentType())
                .put("file_size_bytes", artifact.fileSizeBytes())
                .put("created_at", artifact.createdAt().toString())
                .put("status", uploads.isUploaded(artifact) ? "uploaded" : "pending_upload"));
    }

    /** Everything is looked at before the job begins; the rest is told by the job's state. */
    Answer ingest(Request request) {
        JsonNode metadata = request.body().get("metadata");
        return begin(
                request, metadata.get("student_roster"), metadata.get("source").textValue(), null);
    }

    /** The same for what one pupil made. */
    Answer ingestArtifact(Request request) {
        JsonNode metadata = request.body().get("metadata");
        ObjectNode author = Json.object()
                .put("student_id", metadata.get("student_id").textValue())
                .put("name", metadata.path("student_name").asText());
        return begin(
                request,
                Json.array().add(author),
                "artifact",
                metadata.get("artifact_type").textValue());
    }

    private Answer begin(Request request, JsonNode roster, String source, @Nullable String artifactType) {
        JsonNode body = request.body();
        JsonNode metadata = body.get("metadata");
        String classId = ownClass(request.caller(), metadata);
        Artifact artifact = own(request, body.get("artifact_id").textValue());
        if (!artifact.classId().equals(classId)) {
            throw Problem.invalid("class_id: the upload is of another class");
        }
        if (!uploads.isUploaded(artifact)) {
            throw Problem.invalid("artifact_id: nothing is uploaded for it yet");
        }
        Job job = intake.accept(new JobRequest(
                RunIds.next(clock, random),
                artifact.artifactId(),
                artifact.artifactKey(),
                artifact.fileName(),
                classId,
                LocalDate.parse(metadata.get("date").textValue()),
                roster,
                source,
                request.caller().subject(),
                scorer.analysisMode(),
                scorer.modelVersion(),
                artifactType));
        beginners.execute(() -> begin(job));
        ObjectNode answer = Json.object()
                .put("job_id", job.jobId())
                .put("artifact_id", artifact.artifactId())
                .put("status", job.state().code())
                .put("message", "scoring begins; /v1/jobs/" + job.jobId() + " says how far it is")
                .put("class_id", classId)
                .put("date", job.date().toString());
        return Answer.of(201, answer);
    }

    private void begin(Job job) {
        try {
            begin.accept(job);
        } catch (PipelineException failed) {
            LOG.warn("job {} does not begin: {}", job.jobId(), failed.getMessage());
        }
    }

    private static String ownClass(Caller caller, JsonNode body) {
        String classId = body.get("class_id").textValue();
        if (!caller.sees(classId)) {
            throw new Problem(403, "class_id: " + classId + " is not a class of yours");
        }
        return classId;
    }

    private Artifact own(Request request, String id) {
        return uploads.find(id)
                .filter(artifact -> request.caller().sees(artifact.classId()))
                .orElseThrow(() -> Problem.unknown("artifact " + id));
    }
}
