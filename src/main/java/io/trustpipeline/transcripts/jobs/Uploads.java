package io.trustpipeline.transcripts.jobs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.transcripts.read.Format;
import io.trustpipeline.transcripts.read.Transcript;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** Transcripts and pupils' own work that somebody has announced, and maybe brought. */
public final class Uploads {
    private final ObjectStore store;
    private final Path scratch;
    private final String environment;

    public Uploads(ObjectStore store, Path scratch, String environment) {
        this.store = store;
        this.scratch = scratch;
        this.environment = environment;
    }

    /** An announced upload. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Artifact(
            String artifactId,
            String artifactKey,
            String uploaderId,
            String classId,
            LocalDate date,
            String fileName,
            String contentType,
            long fileSizeBytes,
            Instant createdAt) {}

    /**
     * Announces one.
     *
     * @param contentType as the client says it, or empty: then the format's own
     * @throws PipelineException REQUEST_REFUSED when name, format and type do not fit each other
     */
    public Artifact announce(
            String id,
            String uploader,
            String classId,
            LocalDate date,
            String fileName,
            String format,
            String contentType,
            long bytes,
            Instant now) {
        Format named;
        try {
            named = Format.ofName(fileName);
        } catch (PipelineException wrong) {
            throw new PipelineException(ExitCode.REQUEST_REFUSED, "file_name: " + wrong.getMessage());
        }
        if (!named.isCalled(format)) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED, "file_format: " + format + " is not the ending of file_name");
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean unsaid = type.isEmpty() || type.equals("application/octet-stream");
        if (!unsaid && !type.equals(named.mediaType())) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED, "content_type: right is " + named.mediaType() + ", or none");
        }
        Artifact artifact = new Artifact(
                id,
                JobKeys.raw(environment, classId, date, id, fileName),
                uploader,
                classId,
                date,
                fileName,
                named.mediaType(),
                bytes,
                now);
        store.putIfAbsent(JobKeys.announcement(id), JobJson.bytes(artifact));
        return artifact;
    }

    public Optional<Artifact> find(String id) {
        String key = JobKeys.announcement(id);
        return store.get(key).map(stored -> JobJson.object(key, stored.bytes(), Artifact.class));
    }

    public boolean isUploaded(Artifact artifact) {
        return store.exists(artifact.artifactKey());
    }

    /**
     * Stores what was announced, streamed over the disk.
     *
     * @throws PipelineException REQUEST_REFUSED when it is larger than may be, or empty
     */
    public void bring(Artifact artifact, InputStream body) {
        Path file = null;
        try {
            Files.createDirectories(scratch);
            file = Files.createTempFile(scratch, "upload", "");
            if (!copied(body, file)) {
                throw new PipelineException(
                        ExitCode.REQUEST_REFUSED, "the upload: right is 1 to " + Transcript.MOST_BYTES + " bytes");
            }
            store.putIfAbsent(artifact.artifactKey(), file);
        } catch (IOException e) {
            throw new PipelineException(ExitCode.UNAVAILABLE, "the upload broke off, or the disk is full", e);
        } finally {
            if (file != null) {
                delete(file);
            }
        }
    }

    private static boolean copied(InputStream body, Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                size += read;
                if (size > Transcript.MOST_BYTES) {
                    return false;
                }
                out.write(buffer, 0, read);
            }
        }
        return size > 0;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The folder is emptied when the process ends.
        }
    }
}
