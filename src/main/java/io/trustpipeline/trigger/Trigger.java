package io.trustpipeline.trigger;

import io.trustpipeline.store.ObjectHead;

import java.time.Instant;

/**
 * A file that asks for a run.
 *
 * @param name its key below {@code triggers/}, such as {@code nightly.json}
 * @param etag of its content; empty where the storage has none, as for a file that somebody moved into a laptop's store
 * @param dropped when it was left there
 */
public record Trigger(String key, String name, String etag, Instant dropped) {

    /** Whether the object is still the one that was found. */
    boolean is(ObjectHead object) {
        return object.etag().equals(etag) && object.lastModified().equals(dropped);
    }

    /** What tells this file from another of the same name. */
    String version() {
        return etag + " " + dropped;
    }

    /** The name without {@code .json}. */
    String stem() {
        return name.substring(0, name.length() - TriggerInbox.SUFFIX.length());
    }
}
