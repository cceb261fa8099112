package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.run.Explanation;
import io.trustpipeline.run.RunIndex;
import io.trustpipeline.run.Verification;
import io.trustpipeline.run.Workspace;

import java.nio.file.Path;

/** Looks at runs without changing anything, also beside a program that is running one. */
final class StoreReading implements AutoCloseable {
    private final OpenStore store;
    private final Workspace workspace;

    private StoreReading(OpenStore store, Workspace workspace) {
        this.store = store;
        this.workspace = workspace;
    }

    static StoreReading open(Settings settings) {
        Path scratch = settings.run()
                .home()
                .resolve("work/reading-" + ProcessHandle.current().pid());
        return new StoreReading(OpenStore.forReading(settings, TrustApplication.PREFIX), new Workspace(scratch));
    }

    RunIndex index() {
        return new RunIndex(store.objects(), TrustApplication.PREFIX);
    }

    Explanation explanation() {
        return new Explanation(store.objects(), workspace, TrustApplication.PREFIX);
    }

    Verification verification() {
        return new Verification(store.objects(), workspace, TrustApplication.PREFIX);
    }

    @Override
    public void close() {
        store.close();
        workspace.clear();
    }
}
