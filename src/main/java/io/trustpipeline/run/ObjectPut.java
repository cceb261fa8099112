package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * What the put stage does around the S3 component, which puts one file under a condition and knows nothing else: large
 * files, lost answers, conflicts and errors are decided here.
 */
public final class ObjectPut {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectPut.class);

    /** Larger files go up in parts, each of which can be tried again alone. */
    private static final long LARGEST_SINGLE_PUT = 256L << 20;

    private final ObjectStore store;

    public ObjectPut(ObjectStore store) {
        this.store = store;
    }

    /** Whether the file is small enough for one request. */
    public boolean single(LocalObject object) {
        pass(object, KillPoint.BEFORE_RAW_OBJECT, KillPoint.BEFORE_REJECTED_OBJECT, KillPoint.BEFORE_SCORED_OBJECT);
        store.requireWritable(object.key());
        try {
            return Files.size(object.file()) <= LARGEST_SINGLE_PUT;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the file by the SDK; a key that is taken is no error here, what stands there is verified later. */
    public void put(LocalObject object) {
        store.putIfAbsent(object.key(), object.file());
    }

    /** The component's put failed: tries by the SDK, which tells a taken key from a storage that is down. */
    public void retry(LocalObject object, SdkException failure) {
        LOG.info(
                "put of {} by the component ended with {}",
                object.key(),
                failure.getClass().getSimpleName());
        put(object);
    }

    /** The object is there. */
    public void stored(LocalObject object) {
        pass(object, KillPoint.AFTER_RAW_OBJECT, KillPoint.AFTER_REJECTED_OBJECT, KillPoint.AFTER_SCORED_OBJECT);
        if (object.key().contains("/near/")) {
            KillPoint.pass("AFTER_NEAR_OBJECT");
        }
    }

    private static void pass(LocalObject object, KillPoint raw, KillPoint rejected, KillPoint scored) {
        if (object.key().contains("/raw/")) {
            raw.pass();
        } else if (object.key().contains("/rejected/")) {
            rejected.pass();
        } else if (object.key().contains("/scored/")) {
            scored.pass();
        }
    }
}
