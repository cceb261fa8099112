package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;

import java.util.Optional;

/** The export of a run, once it is fixed. */
public final class RunExports {
    private final RunObjects objects;

    public RunExports(ObjectStore store) {
        this.objects = new RunObjects(store);
    }

    public Optional<Export> find(Run run) {
        return objects.read(run.layout().exportKey(), Export.class);
    }

    /** Fixes the export, or takes the one that another attempt fixed at the same time. */
    public Export create(Run run, Export export) {
        return objects.create(run.layout().exportKey(), export)
                ? export
                : find(run).orElseThrow();
    }
}
