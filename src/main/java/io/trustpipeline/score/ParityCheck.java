package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.ParityCertificate;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.score.GoldenScores.Golden;
import io.trustpipeline.spacy.Language;
import io.trustpipeline.spacy.LanguageSession;
import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares what loaded models give the texts of a certificate with what spaCy gave: every candidate span with every
 * label, in spaCy's order, to {@link #TOLERANCE}. For one use, by one thread.
 */
final class ParityCheck {
    /** Sums are ordered differently here, so the last bits differ. */
    static final double TOLERANCE = 1e-4;

    private final @Nullable GoldenScores golden;
    private final List<String> compared = new ArrayList<>();
    private final List<String> withoutGolden = new ArrayList<>();
    private long scores;
    private double largestDifference;

    ParityCheck(@Nullable GoldenScores golden) {
        this.golden = golden;
    }

    /** By the certificate in a models folder; one that compares nothing when there is none. */
    static ParityCheck of(Path folder) {
        Path file = folder.resolve(GoldenFile.NAME);
        return new ParityCheck(Files.exists(file) ? GoldenFile.read(file) : null);
    }

    /** What one of the two gives a text. */
    private interface Scoring {
        List<Golden> of(LanguageSession session, String text);
    }

    /**
     * Compares a span model.
     *
     * @throws PipelineException DATA_REFUSED at the first score that differs
     */
    void spans(String name, String digest, Language language) {
        compare(name, digest, language.withAllCandidates(), (session, text) -> session.annotate(text).groups().stream()
                .flatMap(group -> group.spans().stream())
                .map(span -> new Golden(span.start(), span.end(), span.label(), span.score()))
                .toList());
    }

    /** As {@link #spans}, for a text categorizer. */
    void categories(String name, String digest, Language language) {
        compare(name, digest, language, (session, text) -> session.categorize(text).categories().stream()
                .map(category -> new Golden(0, 0, category.label(), category.score()))
                .toList());
    }

    private void compare(String name, String digest, Language language, Scoring scoring) {
        List<List<Golden>> expected = golden == null ? null : golden.byModel().get(digest);
        if (golden == null || expected == null) {
            withoutGolden.add(name);
            return;
        }
        LanguageSession session = language.newSession();
        for (int text = 0; text < golden.texts().size(); text++) {
            compare(text, expected.get(text), scoring.of(session, golden.texts().get(text)));
        }
        compared.add(name);
    }

    private void compare(int text, List<Golden> expected, List<Golden> found) {
        if (expected.size() != found.size()) {
            throw differs(text + 1, expected.size() + " scores", found.size() + " scores");
        }
        for (int i = 0; i < expected.size(); i++) {
            Golden golden = expected.get(i);
            Golden ours = found.get(i);
            double difference = Math.abs((double) golden.score() - ours.score());
            boolean same = golden.start() == ours.start()
                    && golden.end() == ours.end()
                    && golden.label().equals(ours.label());
            if (!same || !(difference <= TOLERANCE)) {
                throw differs(text + 1, shown(golden), shown(ours));
            }
            scores++;
            largestDifference = Math.max(largestDifference, difference);
        }
    }

    private PipelineException differs(int text, String expected, String found) {
        return new PipelineException(
                ExitCode.DATA_REFUSED,
                "%s, text %d: expected %s, found %s; the engine does not score as %s did when the model was certified"
                        .formatted(GoldenFile.NAME, text, expected, found, golden == null ? "" : golden.madeBy()));
    }

    private static String shown(Golden golden) {
        return String.format(
                Locale.ROOT,
                "%.6f for %s of tokens %d to %d",
                golden.score(),
                JsonFile.quoted(golden.label()),
                golden.start(),
                golden.end());
    }

    /** What was compared so far, for people; empty when nothing was. */
    Optional<String> summary() {
        return golden == null || compared.isEmpty()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%d scores of %d models for %d texts are those of %s, largest difference %.1e%s",
                        scores,
                        compared.size(),
                        golden.texts().size(),
                        golden.madeBy(),
                        largestDifference,
                        withoutGolden.isEmpty() ? "" : "; without golden scores: " + String.join(", ", withoutGolden)));
    }

    /** The same for the manifest. */
    ParityCertificate result() {
        if (golden == null || compared.isEmpty()) {
            return ParityCertificate.NONE;
        }
        return new ParityCertificate(
                ParityCertificate.EQUAL,
                golden.madeBy(),
                golden.texts().size(),
                golden.textsSha256(),
                scores,
                largestDifference,
                List.copyOf(compared),
                List.copyOf(withoutGolden));
    }
}
