package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectEntry;
import io.trustpipeline.store.ObjectStore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The files of a run's input. Objects are streamed to the disk of this computer, one after the other, where DuckDB reads
 * them: its own way to S3 is an extension that would have to be downloaded.
 *
 * @param buckets opens a bucket by its name
 */
public record FeatureInput(Function<String, ObjectStore> buckets, FeatureScratch scratch) {
    private static final String SCHEME = "s3://";

    List<Path> files(FeatureRun run) {
        String input = run.request().input();
        return input.startsWith(SCHEME) ? download(run, input) : InputFiles.of(input);
    }

    private List<Path> download(FeatureRun run, String uri) {
        String[] parts = uri.substring(SCHEME.length()).split("/", 2);
        if (parts[0].isEmpty() || parts.length < 2) {
            throw new PipelineException(ExitCode.REQUEST_REFUSED, "input: " + uri + " is not s3://bucket/prefix");
        }
        ObjectStore bucket = buckets.apply(parts[0]);
        List<ObjectEntry> entries;
        try (Stream<ObjectEntry> listed = bucket.list(parts[1])) {
            entries = listed.filter(entry -> entry.key().endsWith(".parquet")).toList();
        }
        if (entries.isEmpty()) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, uri + ": no object whose key begins so and ends with .parquet");
        }
        List<Path> files = new ArrayList<>();
        for (ObjectEntry entry : entries) {
            Path file = scratch.folder(run).resolve("input-%05d.parquet".formatted(files.size()));
            if (bucket.downloadTo(entry.key(), file).isEmpty()) {
                throw new PipelineException(ExitCode.DATA_REFUSED, entry.key() + ": was deleted while it was read");
            }
            files.add(file);
        }
        return files;
    }
}
