package io.trustpipeline.score;

import io.trustpipeline.table.ParquetRows;
import io.trustpipeline.table.RecordBatch;
import org.apache.parquet.example.data.Group;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a run would have found of a theme if a threshold had been higher, told from the run's own spans: a score is what it
 * is, spans below the threshold fall away, and of those that are left the post-rules decide anew. The same as to score
 * again, without the model.
 */
public final class HigherThreshold {
    private static final int BATCH_ROWS = 1024;
    private static final int DROPPED_SHOWN = 5;

    private final String theme;
    private final @Nullable String label;
    private final float threshold;

    /** @param label whose threshold it is; null for every label */
    public HigherThreshold(String theme, @Nullable String label, float threshold) {
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
        Found plus(List<ThemeSpan> ofOneComment) {
            long relevantHere =
                    ofOneComment.stream().filter(ThemeSpan::relevant).count();
            return new Found(
                    comments + (relevantHere > 0 ? 1 : 0), spans + ofOneComment.size(), relevant + relevantHere);
        }
    }

    /** A span that would be gone, in its comment. */
    public record Dropped(String key, String comment, ThemeSpan span) {}

    /** @param dropped a few of the spans that would be gone, the highest scores first */
    public record Effect(Found before, Found after, List<Dropped> dropped) {}

    /** @param scored the run's scored objects as local files, which are streamed */
    public Effect on(List<Path> scored) {
        Counting counting = new Counting();
        for (Path file : scored) {
            try (ParquetRows rows = ParquetRows.open(file, BATCH_ROWS)) {
                CommentColumns columns = CommentColumns.of(file.toString(), rows.schema());
                for (RecordBatch batch : rows) {
                    for (Group row : batch.rows()) {
                        if (row.getString("theme", 0).equals(theme)) {
                            counting.add(columns.comment(0, row, Set.of()), span(row));
                        }
                    }
                }
            }
            counting.endOfComment();
        }
        return new Effect(counting.before, counting.after, List.copyOf(counting.dropped));
    }

    private static ThemeSpan span(Group row) {
        return new ThemeSpan(
                row.getString("theme", 0),
                row.getString("label", 0),
                row.getString("theme_text", 0),
                (int) row.getLong("theme_start_char", 0),
                (int) row.getLong("theme_end_char", 0),
                (int) row.getLong("theme_start_token", 0),
                (int) row.getLong("theme_end_token", 0),
                row.getFloat("score", 0),
                row.getInteger("relevant", 0) == 1,
                row.getString("model_digest", 0));
    }

    private boolean stays(ThemeSpan span) {
        return (label != null && !label.equals(span.label())) || span.score() >= threshold;
    }

    /** The rows of a comment follow each other, in the order in which the model gave its spans. */
    private final class Counting {
        private final List<ThemeSpan> spans = new ArrayList<>();
        private final List<Dropped> dropped = new ArrayList<>();
        private Found before = new Found(0, 0, 0);
        private Found after = new Found(0, 0, 0);
        private @Nullable String key;

        void add(Comment comment, ThemeSpan span) {
            if (!Objects.equals(comment.key(), key)) {
                endOfComment();
                key = comment.key();
            }
            spans.add(span);
            if (!stays(span) && span.relevant()) {
                dropped.add(new Dropped(
                        Objects.requireNonNullElse(comment.key(), ""),
                        Objects.requireNonNullElse(comment.text(), ""),
                        span));
                dropped.sort(Comparator.comparing((Dropped each) -> each.span().score())
                        .reversed());
                if (dropped.size() > DROPPED_SHOWN) {
                    dropped.remove(DROPPED_SHOWN);
                }
            }
        }

        void endOfComment() {
            before = before.plus(spans);
            after = after.plus(PostRules.again(
                    spans.stream().filter(HigherThreshold.this::stays).toList()));
            spans.clear();
            key = null;
        }
    }
}
