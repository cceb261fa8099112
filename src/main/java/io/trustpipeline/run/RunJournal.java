package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.Optional;

/** What a committed run says of itself, and its last step forward. */
public final class RunJournal {
    private final RunObjects objects;
    private final Clock clock;

    public RunJournal(ObjectStore store, Clock clock) {
        this.objects = new RunObjects(store);
        this.clock = clock;
    }

    /** The manifest of a run that has committed. */
    public Manifest manifest(Run run) {
        return objects.read(run.layout().manifestKey(), Manifest.class).orElseThrow();
    }

    /** Where the report of a run is, if it has one. */
    public Optional<String> report(Run run) {
        String key = run.layout().reportKey();
        return objects.exists(key) ? Optional.of(run.layout().uri(key)) : Optional.empty();
    }

    /**
     * Marks that people were told; before that, of a redrive, in the manifest of the run whose rows it took up.
     *
     * @param recipient whether the person that the run names could hear it; null when it names nobody, or there is no
     *     topic
     */
    public Run notified(Run run, @Nullable Subscription recipient) {
        String parent = run.request().redriveOf();
        if (parent != null) {
            objects.advance(
                    RunLayout.manifestKey(run.layout().prefix(), parent),
                    Manifest.class,
                    manifest -> manifest.redriven(run.request().runId()));
        }
        objects.advance(
                run.layout().manifestKey(),
                Manifest.class,
                manifest -> manifest.state() == RunState.NOTIFIED
                        ? manifest
                        : manifest.notified(clock.instant(), recipient));
        return run.in(RunState.NOTIFIED);
    }
}
