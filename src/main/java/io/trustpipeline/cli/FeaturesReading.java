package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.features.FeatureDay;
import io.trustpipeline.features.FeatureDays;
import io.trustpipeline.features.FeatureExplanation;
import io.trustpipeline.features.FeatureScratch;
import io.trustpipeline.features.FeatureTable;
import io.trustpipeline.features.FeatureVerification;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Workspace;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks at days of features without changing anything. */
final class FeaturesReading implements AutoCloseable {
    private final Settings settings;
    private final Console console;
    private final Path scratch;
    private final OpenStore store;

    FeaturesReading(Settings settings, Console console) {
        this.settings = settings;
        this.console = console;
        this.scratch = settings.run()
                .home()
                .resolve("work/reading-" + ProcessHandle.current().pid());
        this.store = OpenStore.forReading(settings, FeaturesApplication.PREFIX);
    }

    /** A line a day; of one run those that it has, or had. */
    void status(@Nullable String runId) {
        List<FeatureDay> days = new FeatureDays(store.objects())
                .all().stream()
                        .filter(day -> runId == null
                                || day.entry().runId().equals(runId)
                                || day.entry().before().contains(runId))
                        .toList();
        if (days.isEmpty()) {
            console.line(runId == null ? "no days yet; `run features` makes one" : runId + ": has no day");
        }
        days.forEach(day -> console.line("%s %-13s run %s generation %d: %,d customers, %s, %s"
                .formatted(
                        day.date(),
                        day.dataset(),
                        day.entry().runId(),
                        day.entry().generation(),
                        day.entry().customers(),
                        day.entry().published() ? "published" : "not published",
                        day.entry().upserted() ? "in the table" : "not in the table")));
    }

    void verify(String runId) {
        try (FeatureTable table = FeatureTables.openForReading(settings)) {
            List<String> differences =
                    new FeatureVerification(store.objects(), new FeatureScratch(folder()), table).verify(runId);
            if (!differences.isEmpty()) {
                throw new PipelineException(ExitCode.DATA_REFUSED, String.join(System.lineSeparator(), differences));
            }
        }
        console.line("run " + runId + ": file, published object, ledger and table agree");
    }

    void explain(String customer) {
        try (FeatureTable table = FeatureTables.openForReading(settings)) {
            List<String> lines = new FeatureExplanation(store.objects(), folder(), table).explain(customer);
            if (lines.isEmpty()) {
                throw new PipelineException(
                        ExitCode.DATA_REFUSED, "customer_id: \"" + customer + "\" is known on no published day");
            }
            lines.forEach(console::line);
        }
    }

    private Path folder() {
        try {
            return Files.createDirectories(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        store.close();
        new Workspace(scratch).clear();
    }
}
