package io.trustpipeline.score;

import io.trustpipeline.run.PipelineException;
import io.trustpipeline.score.Outcome.AlreadyScored;
import io.trustpipeline.score.Outcome.Empty;
import io.trustpipeline.score.Outcome.Rejected;
import io.trustpipeline.score.Outcome.Scored;
import io.trustpipeline.score.TextScorer.Part;
import io.trustpipeline.score.ThemeResult.Failed;
import io.trustpipeline.score.ThemeResult.Found;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores comments with all models, a batch at a time: the bean behind the route. Each text is scored once, however many
 * comments have it, as long as there is room to remember it. Safe for use by several threads.
 */
public final class Scorer implements AutoCloseable {
    /** The stage of a {@link Rejected} row that no model has seen. */
    public static final String CHECK = "check";
    /** The stage of a {@link Rejected} row that a model failed on. */
    public static final String SCORE = "score";

    private final List<String> themes;
    private final ScoringMode mode;
    private final ScoringSettings settings;
    private final TextScorer texts;
    private final KnownTexts knownTexts = new KnownTexts();

    /** The models must stay open as long as the scorer. */
    public Scorer(ThemeModels models, ScoringSettings settings) {
        this.themes = models.models().stream().map(ThemeModel::name).toList();
        this.mode = models.mode();
        this.settings = settings;
        this.texts = TextScorer.of(models, settings.threads());
    }

    /**
     * One outcome for each comment, in their order. A comment that fails alone is rejected; the others go on.
     *
     * @throws PipelineException when a model fails on every text
     * @throws IllegalArgumentException when a comment asks for a theme that there is no model for
     */
    public List<Outcome> score(List<Comment> batch) {
        List<@Nullable Outcome> known = batch.stream().map(this::withoutScoring).toList();
        Map<String, Set<String>> themesByText = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            if (known.get(i) == null) {
                Comment comment = batch.get(i);
                requireKnown(comment.themes());
                themesByText
                        .computeIfAbsent(text(comment), text -> new HashSet<>())
                        .addAll(comment.themes());
            }
        }
        Map<Part, ThemeResult> results = knownTexts.take(themesByText);
        Map<Part, ThemeResult> scored = texts.score(themesByText);
        knownTexts.keep(scored);
        results.putAll(scored);
        List<Outcome> outcomes = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Outcome outcome = known.get(i);
            Comment comment = batch.get(i);
            outcomes.add(outcome != null ? outcome : outcome(comment, results));
        }
        return outcomes;
    }

    /** The outcome of a comment that no model needs to see, or null. */
    private @Nullable Outcome withoutScoring(Comment comment) {
        if (settings.keyRequired() && (comment.key() == null || PythonText.isBlank(comment.key()))) {
            return new Rejected(comment, CHECK, "the key is missing or blank");
        }
        String text = comment.text();
        if (text == null || text.isEmpty() || (mode == ScoringMode.RULES && PythonText.isBlank(text))) {
            return new Empty(comment);
        }
        if (comment.themes().isEmpty()) {
            return new AlreadyScored(comment);
        }
        int length = text.codePointCount(0, text.length());
        if (length > settings.maxLength()) {
            String reason = "the text has %d characters; at most %d are scored";
            return new Rejected(comment, CHECK, reason.formatted(length, settings.maxLength()));
        }
        return null;
    }

    /** Tokens of all texts that were scored so far, each once; for figures, not for billing. */
    public long tokens() {
        return texts.tokens();
    }

    private void requireKnown(Set<String> names) {
        if (!themes.containsAll(names)) {
            throw new IllegalArgumentException("themes " + names + " asked for; there are models for " + themes);
        }
    }

    private static String text(Comment comment) {
        return comment.text() == null ? "" : CodePoints.wellFormed(comment.text());
    }

    private Outcome outcome(Comment comment, Map<Part, ThemeResult> results) {
        String text = text(comment);
        List<ThemeSpan> spans = new ArrayList<>();
        List<NearMiss> near = new ArrayList<>();
        for (String theme : themes) {
            ThemeResult result = comment.themes().contains(theme) ? results.get(new Part(text, theme)) : null;
            if (result instanceof Failed failed) {
                return new Rejected(comment, SCORE, failed.reason());
            }
            if (result instanceof Found found) {
                for (NearMiss each : found.near()) {
                    near.add(each.after(spans.size()));
                }
                spans.addAll(found.spans());
            }
        }
        return new Scored(comment, spans, near);
    }

    /** Ends the threads; not while a batch is being scored. */
    @Override
    public void close() {
        texts.close();
    }
}
