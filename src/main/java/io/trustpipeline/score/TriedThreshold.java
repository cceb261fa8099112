package io.trustpipeline.score;

import io.trustpipeline.run.NearObjects;
import io.trustpipeline.run.Plan;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a run would have found of a theme with another threshold, told from the spans that it kept and those that it kept
 * aside: a score does not depend on the threshold, and of the spans at or above it the post-rules decide anew. The same as
 * to score again, without the model.
 */
public final class TriedThreshold {
    private static final int SHOWN = 5;

    private final String theme;
    private final @Nullable String label;
    private final float threshold;

    /** @param label whose threshold it is; null for every label */
    public TriedThreshold(String theme, @Nullable String label, float threshold) {
        this.theme = theme;
        this.label = label;
        this.threshold = threshold;
    }

    /**
     * What there is of the theme.
     *
     * @param comments with a relevant span
     */
    public record Found(long comments, long spans, long relevant) {
        private static final Found NOTHING = new Found(0, 0, 0);

        Found plus(List<ThemeSpan> ofOneComment) {
            long relevantHere =
                    ofOneComment.stream().filter(ThemeSpan::relevant).count();
            return new Found(
                    comments + (relevantHere > 0 ? 1 : 0), spans + ofOneComment.size(), relevant + relevantHere);
        }
    }

    /** A span that would be gone, or come. */
    public record Changed(String key, ThemeSpan span, boolean gone) {}

    /** @param changed a few of the relevant spans that would be gone or come, nearest the threshold first */
    public record Effect(Found before, Found after, List<Changed> changed) {}

    /**
     * The lowest threshold that can be told: below it nobody knows what the model gave.
     *
     * @param planned the theme as the run's plan has it, with its thresholds
     */
    public float lowest(Plan.Theme planned, List<NearObjects.Shard> shards) {
        float share = shards.isEmpty() ? 1 : 0;
        for (NearObjects.Shard shard : shards) {
            share = Math.max(share, shard.from().getOrDefault(theme, 1f));
        }
        float highest = 0;
        Map<String, Float> thresholds = planned.thresholds() == null ? Map.of() : planned.thresholds();
        for (String each : thresholds.keySet()) {
            if (label == null
                    || each.equals(label)
                    || (each.equals(Plan.Theme.OTHERS) && !thresholds.containsKey(label))) {
                highest = Math.max(highest, thresholds.get(each));
            }
        }
        return share * highest;
    }

    /** Looks at all spans of the theme, a comment at a time. */
    public Effect on(Connection connection, List<NearObjects.Shard> shards) throws SQLException {
        Counting counting = new Counting();
        for (NearObjects.Shard shard : shards) {
            try (CommentSpans.Reader reader = new CommentSpans.Reader(connection, shard, theme)) {
                for (CommentSpans comment = reader.next(); comment != null; comment = reader.next()) {
                    counting.count(comment);
                }
            }
        }
        return new Effect(counting.before, counting.after, List.copyOf(counting.changed));
    }

    private final class Counting {
        private final List<Changed> changed = new ArrayList<>();
        private Found before = Found.NOTHING;
        private Found after = Found.NOTHING;

        void count(CommentSpans comment) {
            List<ThemeSpan> kept = new ArrayList<>();
            List<ThemeSpan> then = new ArrayList<>();
            for (CommentSpans.Candidate each : comment.candidates()) {
                ThemeSpan span = each.span();
                boolean concerned = label == null || label.equals(span.label());
                boolean stays = concerned ? span.score() >= threshold : each.kept();
                if (each.kept()) {
                    kept.add(span);
                }
                if (stays) {
                    then.add(span);
                }
                if (stays != each.kept() && span.relevant()) {
                    show(new Changed(comment.key(), span, each.kept()));
                }
            }
            before = before.plus(kept);
            after = after.plus(PostRules.again(then));
        }

        private void show(Changed span) {
            changed.add(span);
            changed.sort(Comparator.comparing(each -> Math.abs(each.span().score() - threshold)));
            if (changed.size() > SHOWN) {
                changed.remove(SHOWN);
            }
        }
    }
}
