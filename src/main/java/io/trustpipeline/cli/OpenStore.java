package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.store.EmbeddedS3;
import io.trustpipeline.store.FolderS3;
import io.trustpipeline.store.HomeLock;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.S3Clients;
import software.amazon.awssdk.services.s3.S3Client;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** The data bucket, open: in AWS, or in the home folder, which a server of our own serves to those who write. */
final class OpenStore implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final S3Client client;
    private final ObjectStore objects;

    /** @param prefix below which may be written */
    private OpenStore(Settings settings, String prefix, boolean writing) {
        this.client = settings.storage().embedded()
                ? inHome(settings, writing)
                : S3Clients.of(settings.storage().region(), settings.storage().endpoint());
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

    private S3Client inHome(Settings settings, boolean writing) {
        String bucket = settings.storage().bucket();
        if (!writing) {
            return FolderS3.of(settings.run().home(), bucket);
        }
        HomeLock lock = HomeLock.acquire(settings.run().home(), Clock.systemUTC());
        opened.push(lock);
        EmbeddedS3 server = EmbeddedS3.start(lock, bucket);
        opened.push(server);
        return S3Clients.of(server);
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
