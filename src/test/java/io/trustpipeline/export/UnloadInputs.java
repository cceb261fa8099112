package io.trustpipeline.export;

import io.trustpipeline.store.ObjectStore;

/** A reader of this room, for tests outside it. */
public final class UnloadInputs {
    private UnloadInputs() {}

    /** Reads the manifest that UNLOAD leaves under a prefix. */
    public static void manifest(ObjectStore store, String prefix) {
        UnloadManifest.read(store, prefix);
    }
}
