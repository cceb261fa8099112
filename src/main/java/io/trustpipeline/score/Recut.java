package io.trustpipeline.score;

import io.trustpipeline.run.NearObjects;
import io.trustpipeline.run.Plan;
import io.trustpipeline.run.RecutParents;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.ParquetRows;
import org.apache.parquet.example.data.Group;
import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What another run found in the same rows, cut at this run's thresholds: the same as to score again, without the models.
 * Where that run does not know enough, it says nothing, and the row is scored. Belongs to one thread.
 */
final class Recut implements AutoCloseable {
    private static final int BATCH_ROWS = 1024;

    private final List<Plan.Theme> themes;
    private final List<String> parentThemes;
    private final Map<String, Float> from = new HashMap<>();
    private final boolean recommends;
    private final DuckDb database;
    private final CommentSpans.Reader spans;
    private final ParquetRows dispositions;
    private final Iterator<Group> parentRows;
    private final @Nullable ParquetRows rejected;
    private final Iterator<Group> rejectedRows;
    private @Nullable CommentSpans next;
    private long nextRejected;

    /** @param themes as this run's plan has them, in their order */
    Recut(RecutParents.Shard parent, List<Plan.Theme> themes, boolean recommends, DuckDb database) {
        this.themes = themes;
        this.recommends = recommends;
        this.parentThemes = parent.themes().stream().map(Plan.Theme::name).toList();
        for (Plan.Theme theme : themes) {
            parent.themes().stream()
                    .filter(each -> each.name().equals(theme.name()))
                    .findFirst()
                    .flatMap(before -> completeFrom(before, theme, parent.spans()))
                    .ifPresent(share -> from.put(theme.name(), share));
        }
        this.database = database;
        try {
            this.spans = new CommentSpans.Reader(database.connection(), parent.spans(), null);
            this.next = spans.next();
        } catch (SQLException e) {
            throw Workspace.failed("recut", e);
        }
        this.dispositions = ParquetRows.open(parent.dispositions(), BATCH_ROWS);
        this.parentRows = new RowIterator(dispositions.iterator());
        this.rejected = parent.rejected() == null ? null : ParquetRows.open(parent.rejected(), BATCH_ROWS);
        this.rejectedRows = rejected == null ? Collections.emptyIterator() : new RowIterator(rejected.iterator());
        this.nextRejected = nextRejected();
    }

    /** From which share of the new thresholds on all spans are known; empty when that is above them. */
    private static Optional<Float> completeFrom(Plan.Theme before, Plan.Theme now, NearObjects.Shard spans) {
        if (!before.modelDigest().equals(now.modelDigest())
                || before.spanRulesDigest() == null
                || !before.spanRulesDigest().equals(now.spanRulesDigest())
                || before.thresholds() == null
                || now.thresholds() == null) {
            return Optional.empty();
        }
        float known = spans.from().getOrDefault(now.name(), 1f);
        Set<String> labels = new HashSet<>(before.thresholds().keySet());
        labels.addAll(now.thresholds().keySet());
        float share = NearMiss.SHARE;
        for (String label : labels) {
            float lowest = known * before.threshold(label).orElse(1f);
            float threshold = now.threshold(label).orElse(0f);
            if (threshold < lowest) {
                return Optional.empty();
            }
            share = Math.max(share, lowest / threshold);
        }
        return Optional.of(share);
    }

    /** By theme, from which share of the thresholds on what lies below them is known; of other themes nothing is. */
    Map<String, Float> from() {
        return from;
    }

    /** What is known of the next row; called once for each row, in their order. */
    Optional<Outcome.Scored> next(Comment comment) {
        Group row = parentRows.next();
        boolean rejectedThen = comment.row() == nextRejected;
        if (rejectedThen) {
            nextRejected = nextRejected();
        }
        List<CommentSpans.Candidate> candidates = candidates(comment);
        boolean known = row.getString("disposition", 0).equals("SCORE")
                && !rejectedThen
                && from.keySet().containsAll(comment.themes())
                && themes(row.getString("themes", 0)).containsAll(comment.themes());
        return known ? cut(comment, candidates) : Optional.empty();
    }

    private long nextRejected() {
        return rejectedRows.hasNext() ? rejectedRows.next().getLong("row", 0) : -1;
    }

    private List<CommentSpans.Candidate> candidates(Comment comment) {
        CommentSpans found = next;
        if (found == null || !found.key().equals(comment.key())) {
            return List.of();
        }
        try {
            next = spans.next();
        } catch (SQLException e) {
            throw Workspace.failed("recut", e);
        }
        return found.candidates();
    }

    private Set<String> themes(String numbers) {
        Set<String> names = new HashSet<>();
        for (String number : numbers.split(",")) {
            if (!number.isEmpty()) {
                names.add(parentThemes.get(Integer.parseInt(number)));
            }
        }
        return names;
    }

    private Optional<Outcome.Scored> cut(Comment comment, List<CommentSpans.Candidate> candidates) {
        List<ThemeSpan> kept = new ArrayList<>();
        List<NearMiss> near = new ArrayList<>();
        for (Plan.Theme theme : themes) {
            for (CommentSpans.Candidate each : candidates) {
                ThemeSpan span = each.span();
                if (comment.themes().contains(theme.name()) && span.theme().equals(theme.name())) {
                    float threshold = theme.threshold(span.label()).orElse(0f);
                    if (span.score() >= threshold) {
                        kept.add(span);
                    } else if (span.score() >= NearMiss.SHARE * threshold) {
                        near.add(new NearMiss(PostRules.again(List.of(span)).get(0), kept.size()));
                    }
                }
            }
        }
        List<ThemeSpan> judged = PostRules.again(kept);
        for (int i = 0; i < judged.size(); i++) {
            ThemeSpan span = judged.get(i);
            if (recommends && Recommending.isAsked(span)) {
                Recommendation given = kept.get(i).recommendation();
                if (given == null) {
                    return Optional.empty();
                }
                judged.set(i, span.recommending(given));
            }
        }
        return Optional.of(new Outcome.Scored(comment, judged, near));
    }

    @Override
    public void close() {
        dispositions.close();
        if (rejected != null) {
            rejected.close();
        }
        database.close();
    }
}
