package io.trustpipeline.store;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

import static io.trustpipeline.store.StoreException.Kind.REFUSED;
import static io.trustpipeline.store.StoreException.Kind.UNAVAILABLE;

/**
 * The laptop's S3: S3Proxy on loopback over the folder {@code <home>/s3}. An object is the plain file {@code
 * <home>/s3/<bucket>/<key>}, there whole or not at all, also after a kill at any moment (not after a power cut: nothing
 * is forced to the disk). Credentials are random and new at each start, so that no other user of the machine can write.
 * {@link FolderS3} reads the same objects.
 *
 * <p>Starting takes most of a second of computing and shares no state, so it may run beside other start-up work.
 */
public final class EmbeddedS3 implements AutoCloseable {
    private static final int DRAIN_MILLIS = 2_000;

    private final S3Proxy server;
    private final URI endpoint;
    private final Path folder;
    private final String accessKey;
    private final String secretKey;

    private EmbeddedS3(S3Proxy server, Path folder, String accessKey, String secretKey) {
        this.server = server;
        this.endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        this.folder = folder;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /**
     * Serves a home for reading and writing, after removing what a killed predecessor left unfinished. The bucket is
     * created if absent. The lock must outlive the server.
     */
    public static EmbeddedS3 start(HomeLock lock, String bucket) {
        Path root = lock.home().resolve("s3");
        try {
            Path folder = Files.createDirectories(root.resolve(bucket));
            if (!FolderSweep.possibleIn(root)) {
                throw new StoreException(
                        REFUSED,
                        "The folder " + root + " is on a file system without extended attributes, which the local"
                                + " object store needs; choose a home on another disk");
            }
            FolderSweep.of(folder);
            return serve(new FolderBlobStore(new FilesystemNio2BlobStore(root.toString())), folder);
        } catch (IOException failed) {
            throw new StoreException(UNAVAILABLE, "Could not use the folder " + root + ": " + failed, failed);
        }
    }

    private static EmbeddedS3 serve(BlobStore objects, Path folder) {
        String accessKey = random();
        String secretKey = random();
        S3Proxy server = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                .stopTimeout(DRAIN_MILLIS)
                .build();
        try {
            server.start();
        } catch (Exception failed) {
            throw new StoreException(UNAVAILABLE, "Could not start the local object store: " + failed, failed);
        }
        return new EmbeddedS3(server, folder, accessKey, secretKey);
    }

    private static String random() {
        byte[] bytes = new byte[20];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Where it listens: 127.0.0.1 and a free port. */
    public URI endpoint() {
        return endpoint;
    }

    /** The folder that holds the bucket's objects as files. */
    public Path folder() {
        return folder;
    }

    String accessKey() {
        return accessKey;
    }

    String secretKey() {
        return secretKey;
    }

    /** Lets running requests end, for two seconds at most. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new StoreException(UNAVAILABLE, "Could not stop the local object store: " + failed, failed);
        }
    }
}
