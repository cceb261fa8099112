package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.score.ModelCatalogue;
import io.trustpipeline.score.ModelSource;
import io.trustpipeline.store.Download;
import io.trustpipeline.store.ObjectHead;
import io.trustpipeline.store.ObjectStore;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Finds the models folder that the settings name, and the archives that its catalogue names in S3. */
final class ModelFolders {
    private static final List<String> CATALOGUE_FILES =
            List.of("models.json", "thresholds.json", "exclude_strings.txt", "recommend.json", "certificate.json");

    private final Settings settings;
    private final Path demoModels;
    private final S3Client client;

    ModelFolders(Settings settings, Path demoModels, S3Client client) {
        this.settings = settings;
        this.demoModels = demoModels;
        this.client = client;
    }

    /**
     * The catalogue of the models folder; of one in S3 the catalogue's files are fetched first.
     *
     * @throws PipelineException CONFIGURATION when there is no such folder
     */
    ModelCatalogue catalogue() {
        String location = settings.models().location().orElse(demoModels.toString());
        return local(location.startsWith("s3://") ? fetched(URI.create(location)) : Path.of(location));
    }

    /**
     * The catalogue of a folder on this machine.
     *
     * @throws PipelineException CONFIGURATION when there is no such folder
     */
    static ModelCatalogue local(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION, "models: \"" + folder + "\" is no folder; name one that holds models");
        }
        return ModelCatalogue.read(folder);
    }

    private Path fetched(URI location) {
        ObjectStore bucket = bucket(location.getHost());
        String prefix = location.getPath().replaceFirst("^/", "");
        Path folder = settings.run().home().resolve("models").resolve("catalogue");
        try {
            Files.createDirectories(folder);
            for (String name : CATALOGUE_FILES) {
                Files.deleteIfExists(folder.resolve(name));
                bucket.downloadTo(prefix + name, folder.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** Archives in S3, each fetched once for every state it has had. */
    ModelSource archives() {
        return (bucketName, key) -> {
            ObjectStore bucket = bucket(bucketName);
            ObjectHead head = bucket.head(key).orElseThrow(() -> missing(bucketName, key));
            Path folder = settings.run().home().resolve("models").resolve("archives");
            Path archive = folder.resolve(head.etag().replaceAll("[^A-Za-z0-9-]", "") + ".tar.gz");
            if (!Files.exists(archive)) {
                try {
                    Files.createDirectories(folder);
                    Path arriving = Files.createTempFile(folder, "arriving", ".tar.gz");
                    Download download = bucket.downloadTo(key, arriving).orElseThrow(() -> missing(bucketName, key));
                    if (!download.etag().equals(head.etag())) {
                        throw new PipelineException(
                                ExitCode.UNAVAILABLE,
                                "s3://" + bucketName + "/" + key + " changed meanwhile; try again");
                    }
                    Files.move(arriving, archive, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return archive;
        };
    }

    /** Models are only read: nothing may be written below this prefix, which no key has. */
    private ObjectStore bucket(String name) {
        return new ObjectStore(client, name, "read-only/");
    }

    private static PipelineException missing(String bucket, String key) {
        return new PipelineException(
                ExitCode.CONFIGURATION, "s3://" + bucket + "/" + key + ": there is no such model archive");
    }
}
