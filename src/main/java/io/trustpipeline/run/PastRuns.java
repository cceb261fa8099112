package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How fast the last runs were that did the same work on the same number of processors, by their manifests. */
public final class PastRuns {
    private static final int LOOKED_AT = 5;
    /** Fewer rows say little about speed. */
    private static final long LEAST_ROWS = 100;

    private final RunIndex index;
    private final Ledger ledger;

    public PastRuns(ObjectStore store, Workspace workspace, String prefix) {
        this.index = new RunIndex(store, prefix);
        this.ledger = new Ledger(store, workspace);
    }

    /** How many comments of a client they have scored with these models and rules. */
    public long scored(Run client, List<Plan.Theme> themes) {
        return ledger.scored(client, themes);
    }

    /**
     * Speeds of earlier runs together.
     *
     * @param runs how many they were
     */
    public record Speeds(int runs, double exportedRowsPerSecond, double planSeconds, double tokensPerSecond) {}

    /** Of runs with these models on so many vCPUs; empty when there is none. */
    public Optional<Speeds> of(List<Plan.Theme> themes, Prices prices) {
        Set<String> models = models(themes);
        List<Manifest> alike = index.runs().stream()
                .flatMap(entry -> entry.manifest().stream())
                .filter(manifest -> manifest.attempts() == 1
                        && manifest.rows().scored() >= LEAST_ROWS
                        && models(manifest.themes()).equals(models)
                        && actual(manifest, StageRecord.SCORE)
                                .filter(score -> isOn(prices, score))
                                .isPresent())
                .sorted(Comparator.comparing(Manifest::committedAt).reversed())
                .limit(LOOKED_AT)
                .toList();
        if (alike.isEmpty()) {
            return Optional.empty();
        }
        double tokens = 0;
        double scoring = 0;
        double rows = 0;
        double exporting = 0;
        double planning = 0;
        for (Manifest manifest : alike) {
            StageFigures score = actual(manifest, StageRecord.SCORE).orElseThrow();
            tokens += score.tokens() == null ? 0 : score.tokens();
            scoring += score.seconds();
            Optional<StageFigures> export = actual(manifest, StageRecord.EXPORT);
            rows += export.map(StageFigures::rows).orElse(0L);
            exporting += export.map(StageFigures::seconds).orElse(0.0);
            planning += actual(manifest, StageRecord.PLAN)
                    .map(StageFigures::seconds)
                    .orElse(0.0);
        }
        return tokens > 0 && scoring > 0 && rows > 0 && exporting > 0
                ? Optional.of(new Speeds(alike.size(), rows / exporting, planning / alike.size(), tokens / scoring))
                : Optional.empty();
    }

    private static Set<String> models(List<Plan.Theme> themes) {
        Set<String> digests = new HashSet<>();
        themes.forEach(theme -> digests.add(theme.modelDigest()));
        return digests;
    }

    private static Optional<StageFigures> actual(Manifest manifest, String stage) {
        return manifest.stages() == null
                ? Optional.empty()
                : manifest.stages().stream()
                        .filter(record -> record.stage().equals(stage))
                        .flatMap(record -> Optional.ofNullable(record.actual()).stream())
                        .findFirst();
    }

    private static boolean isOn(Prices prices, StageFigures figures) {
        double vcpus = figures.seconds() > 0 ? figures.vcpuHours() * 3600 / figures.seconds() : 0;
        return Math.abs(vcpus - prices.vcpus()) < 0.5;
    }
}
