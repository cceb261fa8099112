package io.trustpipeline.report;

import io.trustpipeline.report.RunReport.LabelFacts;
import io.trustpipeline.report.RunReport.ThemeFacts;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.Plan;
import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was found of each theme and label, beside what an earlier run found. */
final class ThemeTable {
    static final int SCORE_CLASSES = 20;

    private final Manifest manifest;
    private final Map<String, Long> scored;
    private final Map<String, ThemeFacts> factsBefore = new HashMap<>();

    /**
     * @param scored how many comments were scored for each theme
     * @param reportBefore null without a run to compare with
     */
    ThemeTable(Manifest manifest, Map<String, Long> scored, @Nullable RunReport reportBefore) {
        this.manifest = manifest;
        this.scored = scored;
        if (reportBefore != null) {
            reportBefore.themes().forEach(theme -> factsBefore.put(theme.theme(), theme));
        }
    }

    /** @param spans null when the scored objects are not read */
    List<ThemeFacts> of(@Nullable SpanTable spans) throws SQLException {
        Map<String, List<SpanTable.Count>> counts = new HashMap<>();
        Map<String, long[]> scores = new HashMap<>();
        if (spans != null) {
            for (SpanTable.Count count : spans.counts()) {
                counts.computeIfAbsent(count.theme(), theme -> new ArrayList<>())
                        .add(count);
            }
            for (SpanTable.ScoreClass each : spans.scores(SCORE_CLASSES)) {
                scores.computeIfAbsent(each.theme(), theme -> new long[SCORE_CLASSES])[each.number()] = each.spans();
            }
        }
        List<ThemeFacts> themes = new ArrayList<>();
        for (Plan.Theme theme : manifest.themes()) {
            themes.add(facts(
                    theme,
                    counts.getOrDefault(theme.name(), List.of()),
                    scores.getOrDefault(theme.name(), new long[SCORE_CLASSES])));
        }
        return themes;
    }

    private ThemeFacts facts(Plan.Theme theme, List<SpanTable.Count> counts, long[] scores) {
        long spans = manifest.spans().getOrDefault(theme.name(), 0L);
        List<Long> classes = new ArrayList<>();
        for (long each : scores) {
            classes.add(each);
        }
        long comments = scored.getOrDefault(theme.name(), 0L);
        ThemeFacts before = factsBefore.get(theme.name());
        return new ThemeFacts(
                theme.name(),
                theme.modelDigest(),
                theme.thresholds(),
                comments,
                spans,
                counts.stream().mapToLong(SpanTable.Count::relevant).sum(),
                perThousand(spans, comments),
                before == null ? null : before.perThousand(),
                counts.stream().map(count -> label(theme, count, comments)).toList(),
                classes);
    }

    private LabelFacts label(Plan.Theme theme, SpanTable.Count count, long comments) {
        return new LabelFacts(
                count.label(),
                theme.threshold(count.label()).orElse(null),
                count.spans(),
                perThousand(count.spans(), comments),
                before(theme.name(), count.label()));
    }

    /** A label that the earlier report does not name was not found then. */
    private @Nullable Double before(String theme, String label) {
        ThemeFacts before = factsBefore.get(theme);
        if (before == null || before.perThousand() == null) {
            return null;
        }
        for (LabelFacts each : before.labels()) {
            if (each.label().equals(label)) {
                return each.perThousand();
            }
        }
        return 0.0;
    }

    private static @Nullable Double perThousand(long spans, long comments) {
        return comments == 0 ? null : Rounded.to(spans * 1000.0 / comments, 2);
    }
}
