package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.transcripts.api.Ingestion;
import io.trustpipeline.transcripts.api.Operations;
import io.trustpipeline.transcripts.jobs.Uploads;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP interface, wired to an application. */
final class TranscriptsApi implements AutoCloseable {
    private static final int BEGINNERS = 2;

    private final ExecutorService beginners = Executors.newFixedThreadPool(BEGINNERS);
    private final Operations operations;

    private TranscriptsApi(TranscriptsApplication application, Settings settings) {
        Ingestion ingestion = new Ingestion(
                new Uploads(
                        application.bucket(),
                        settings.run().home().resolve("work/uploads"),
                        settings.run().environment()),
                application.intake(),
                application::submit,
                beginners,
                (key, type, bytes, life) -> url(settings, key, type, bytes, life),
                new Ingestion.Scorer(application.analysisMode(), application.modelVersion()),
                Clock.systemUTC());
        this.operations = new Operations(
                ingestion,
                application.reading(),
                application.jobs(),
                application.objects(),
                application.deletion(),
                application.audit());
    }

    static TranscriptsApi of(TranscriptsApplication application, Settings settings) {
        return new TranscriptsApi(application, settings);
    }

    Operations operations() {
        return operations;
    }

    /** The embedded store has no door for others: there the service itself takes uploads. */
    private static String url(Settings settings, String key, String type, long bytes, Duration life) {
        if (settings.storage().embedded()) {
            String id = key.substring(key.lastIndexOf('/') + 1);
            return "/v1/ingest/uploads/" + id.substring(0, id.indexOf('_'));
        }
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(Region.of(settings.storage().region()))
                .serviceConfiguration(S3Configuration.builder().build());
        if (settings.storage().endpoint() != null) {
            builder.endpointOverride(settings.storage().endpoint());
        }
        try (S3Presigner presigner = builder.build()) {
            return presigner
                    .presignPutObject(presign -> presign.signatureDuration(life)
                            .putObjectRequest(PutObjectRequest.builder()
                                    .bucket(settings.storage().bucket())
                                    .key(key)
                                    .contentType(type)
                                    .contentLength(bytes)
                                    .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                    .build()))
                    .url()
                    .toString();
        }
    }

    @Override
    public void close() {
        beginners.shutdownNow();
    }
}
