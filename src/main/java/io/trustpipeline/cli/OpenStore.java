package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.store.EmbeddedS3;
import io.trustpipeline.store.HomeLock;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.S3Clients;
import software.amazon.awssdk.services.s3.S3Client;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** The data bucket, open: in AWS, or served from the home folder by a server of our own. */
final class OpenStore implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final S3Client client;
    private final ObjectStore objects;

    /** @param prefix below which may be written */
    private OpenStore(Settings settings, String prefix, boolean writing) {
        if (settings.storage().embedded()) {
            EmbeddedS3 server = serve(settings, writing);
            opened.push(server);
            this.client = S3Clients.of(server);
        } else {
            this.client =
                    S3Clients.of(settings.storage().region(), settings.storage().endpoint());
        }
        opened.push(client);
        this.objects = new ObjectStore(client, settings.storage().bucket(), prefix);
    }

    /** For runs: one process a home. */
    static OpenStore forWriting(Settings settings, String prefix) {
        return new OpenStore(settings, prefix, true);
    }

    /** For looking, also while a run is under way. */
    static OpenStore forReading(Settings settings, String prefix) {
        return new OpenStore(settings, prefix, false);
    }

    private EmbeddedS3 serve(Settings settings, boolean writing) {
        String bucket = settings.storage().bucket();
        if (!writing) {
            return EmbeddedS3.startReadOnly(settings.run().home(), bucket);
        }
        HomeLock lock = HomeLock.acquire(settings.run().home(), Clock.systemUTC());
        opened.push(lock);
        return EmbeddedS3.start(lock, bucket);
    }

    ObjectStore objects() {
        return objects;
    }

    S3Client client() {
        return client;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                // What is stored is stored; the process ends anyway.
            }
        }
    }
}
