package io.trustpipeline.store;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A bucket that several processes use at once, as they would one in AWS. */
public final class SharedStore implements AutoCloseable {
    public static final String BUCKET = "shared-bucket";

    private final HomeLock lock;
    private final EmbeddedS3 server;

    public SharedStore(Path home) {
        this.lock = HomeLock.acquire(home, Clock.systemUTC());
        this.server = EmbeddedS3.start(lock, BUCKET);
    }

    public URI endpoint() {
        return server.endpoint();
    }

    /** The folder that holds the bucket's objects as files. */
    public Path folder() {
        return server.folder();
    }

    /** What a process needs to work in the bucket, through this door. */
    public Map<String, String> environment(URI door) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TRUST_STORAGE_BUCKET", BUCKET);
        environment.put("TRUST_STORAGE_ENDPOINT", door.toString());
        environment.put("AWS_ACCESS_KEY_ID", server.accessKey());
        environment.put("AWS_SECRET_ACCESS_KEY", server.secretKey());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        return environment;
    }

    @Override
    public void close() {
        server.close();
        lock.close();
    }
}
