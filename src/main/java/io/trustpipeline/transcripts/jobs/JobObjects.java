package io.trustpipeline.transcripts.jobs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.StoredBytes;
import io.trustpipeline.transcripts.read.NormalisedLines;
import io.trustpipeline.transcripts.read.Utterance;
import io.trustpipeline.transcripts.score.PupilScores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The objects of jobs. Transcripts that are being scored are kept for a short while, so that 30 pupils read one once. */
public final class JobObjects {
    private static final int TRANSCRIPTS_KEPT = 4;
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final ObjectStore store;
    private final Path scratch;
    private final Cache<String, List<Utterance>> transcripts = Caffeine.newBuilder()
            .maximumSize(TRANSCRIPTS_KEPT)
            .expireAfterWrite(KEPT)
            .build();

    /** @param scratch a folder for uploads while they are read */
    public JobObjects(ObjectStore store, Path scratch) {
        this.store = store;
        this.scratch = scratch;
    }

    ObjectStore store() {
        return store;
    }

    /** Reads an upload as a file. */
    <T> T withUpload(Job job, Function<Path, T> work) {
        String key = job.request().inputKey();
        Path folder = scratch.resolve(job.jobId() + "-" + Thread.currentThread().getId());
        Path file = folder.resolve("upload." + job.format().ending());
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(file);
            if (store.downloadTo(key, file).isEmpty()) {
                throw new PipelineException(ExitCode.DATA_REFUSED, key + ": no such object");
            }
            return work.apply(file);
        } catch (IOException e) {
            throw new PipelineException(ExitCode.UNAVAILABLE, folder + ": cannot be written", e);
        } finally {
            delete(file);
            delete(folder);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The folder is emptied at the next start.
        }
    }

    List<Utterance> transcript(Job job) {
        String key = JobKeys.normalized(job);
        return transcripts.get(key, missing -> NormalisedLines.read(required(missing)));
    }

    /** The transcript as it stands now. */
    public List<Utterance> lines(Job job) {
        return store.get(JobKeys.normalized(job))
                .map(StoredBytes::bytes)
                .map(NormalisedLines::read)
                .orElse(List.of());
    }

    byte[] required(String key) {
        return store.get(key)
                .map(StoredBytes::bytes)
                .orElseThrow(() -> new PipelineException(ExitCode.DATA_REFUSED, key + ": no such object"));
    }

    PupilScores pupilScores(Job job, String studentId) {
        String key = JobKeys.pupilScores(job, studentId);
        return JobJson.object(key, required(key), PupilScores.class);
    }

    /** Replaces an object that is there, whatever others make of it meanwhile. */
    void rewrite(String key, Supplier<byte[]> content) {
        for (int tries = 0; tries < 10; tries++) {
            String etag = store.get(key).map(StoredBytes::etag).orElse(null);
            if (etag == null || store.compareAndSet(key, etag, content.get()).isPresent()) {
                transcripts.invalidate(key);
                return;
            }
        }
        throw new PipelineException(ExitCode.UNAVAILABLE, key + ": is changed by others all the time; try again");
    }

    void delete(String key) {
        store.head(key).ifPresent(head -> store.delete(key, head.etag()));
        transcripts.invalidate(key);
    }
}
