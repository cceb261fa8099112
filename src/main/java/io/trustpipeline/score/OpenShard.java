package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.LocalObject;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Plan;
import io.trustpipeline.run.Planned;
import io.trustpipeline.run.Redrives;
import io.trustpipeline.run.RowCounts;
import io.trustpipeline.run.RunLayout;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.table.ParquetRows;
import io.trustpipeline.table.ParquetSink;
import io.trustpipeline.table.RecordBatch;
import org.apache.parquet.example.data.Group;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A shard being scored: two readers side by side, the raw rows and what the plan says of each, and three writers. Belongs
 * to one exchange; closing it before {@link #finish} leaves no file behind.
 */
public final class OpenShard implements AutoCloseable {
    private static final int BATCH_ROWS = 1024;

    private final Planned planned;
    private final Plan.Shard shard;
    private final ParquetRows raw;
    private final ParquetRows dispositions;
    private final Path scoredFile;
    private final Path rejectedFile;
    private final Path nearFile;
    private final ParquetSink scored;
    private final ParquetSink rejected;
    private final ParquetSink near;
    private final Map<String, Set<String>> themes = new HashMap<>();
    private final OutcomeWriter writer;
    private final NearRows nearRows;
    private final @Nullable Recut recut;

    OpenShard(
            Planned planned,
            Plan.Shard shard,
            Path rawFile,
            Path planFile,
            Path scoredFile,
            Path rejectedFile,
            Path nearFile,
            @Nullable Recut recut) {
        this.planned = planned;
        this.shard = shard;
        this.raw = ParquetRows.open(rawFile, BATCH_ROWS);
        this.dispositions = ParquetRows.open(planFile, BATCH_ROWS);
        ScoredRows output = new ScoredRows(
                rawFile,
                raw.schema(),
                planned.plan().patternCheckDate(),
                planned.run().request().runId());
        this.scoredFile = scoredFile;
        this.rejectedFile = rejectedFile;
        this.nearFile = nearFile;
        this.scored = ParquetSink.create(scoredFile, output.schema());
        this.rejected = ParquetSink.create(rejectedFile, RejectedRows.SCHEMA);
        this.writer = new OutcomeWriter(output, scored, rejected);
        ScoredRows nearOutput = output.with(rawFile, NearRows.COLUMN);
        this.near = ParquetSink.create(nearFile, nearOutput.schema());
        this.recut = recut;
        this.nearRows = new NearRows(
                nearOutput, near, planned.plan().themes(), raw.rowCount(), recut == null ? Map.of() : recut.from());
        if (raw.rowCount() != dispositions.rowCount()) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    shard.raw().key() + ": has " + raw.rowCount() + " rows but its plan " + dispositions.rowCount());
        }
    }

    Planned planned() {
        return planned;
    }

    Plan.Shard shard() {
        return shard;
    }

    /** The shard's rows in their order, read as they are asked for. */
    public Iterator<ShardBatch> batches() {
        Iterator<RecordBatch> rawBatches = raw.iterator();
        Iterator<Group> plan = new RowIterator(dispositions.iterator());
        CommentColumns columns = CommentColumns.of(shard.raw().key(), raw.schema());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rawBatches.hasNext();
            }

            @Override
            public ShardBatch next() {
                RecordBatch batch = rawBatches.next();
                List<Outcome> decided = new ArrayList<>();
                List<Comment> toScore = new ArrayList<>();
                long row = batch.firstRow();
                for (Group source : batch.rows()) {
                    Group disposition = plan.next();
                    Comment comment = columns.comment(row++, source, themes(disposition.getString("themes", 0)));
                    Optional<Outcome.Scored> known = recut == null ? Optional.empty() : recut.next(comment);
                    decide(comment, disposition, known, decided, toScore);
                }
                return new ShardBatch(decided, toScore);
            }
        };
    }

    private static void decide(
            Comment comment,
            Group disposition,
            Optional<Outcome.Scored> known,
            List<Outcome> decided,
            List<Comment> toScore) {
        switch (disposition.getString("disposition", 0)) {
            case "EMPTY" -> decided.add(new Outcome.Empty(comment));
            case "ALREADY_SCORED" -> decided.add(new Outcome.AlreadyScored(comment));
            case "REJECTED" ->
                decided.add(new Outcome.Rejected(comment, Redrives.FOR_ITS_KEY, disposition.getString("reason", 0)));
            default -> known.ifPresentOrElse(decided::add, () -> toScore.add(comment));
        }
    }

    /** The names behind the plan's numbers; there are few combinations, so each is made once. */
    private Set<String> themes(String numbers) {
        return themes.computeIfAbsent(numbers, OpenShard.this::named);
    }

    private Set<String> named(String numbers) {
        Set<String> names = new LinkedHashSet<>();
        if (!numbers.isEmpty()) {
            for (String number : numbers.split(",")) {
                names.add(planned.plan().themes().get(Integer.parseInt(number)).name());
            }
        }
        return names;
    }

    /** What became of the rows so far. */
    RowCounts counts() {
        return writer.counts();
    }

    /** Writes what became of some rows. */
    void append(List<Outcome> outcomes) {
        writer.write(outcomes);
        nearRows.write(outcomes);
    }

    /**
     * Completes the files and names the objects they become: the scored object last, so that it never stands without those
     * that go with it.
     */
    List<LocalObject> finish() {
        rejected.finish();
        RunLayout layout = planned.run().layout();
        int shards = planned.plan().shards().size();
        List<LocalObject> objects = new ArrayList<>();
        String rejectedSha256 = null;
        if (counts().rejected() > 0) {
            rejectedSha256 = Workspace.sha256(rejectedFile);
            objects.add(new LocalObject(layout.rejected(shard.number(), shards, rejectedSha256), rejectedFile));
        }
        String nearSha256 = null;
        if (near.finish().rows() > 0) {
            nearSha256 = Workspace.sha256(nearFile);
            objects.add(new LocalObject(layout.near(shard.number(), shards, nearSha256), nearFile));
        }
        scored.finish(writer.tally(rejectedSha256, nearSha256, nearRows.from()).metadata());
        objects.add(new LocalObject(layout.scoredPrefix() + RunLayout.part(shard.number(), shards), scoredFile));
        return objects;
    }

    @Override
    public void close() {
        scored.close();
        rejected.close();
        near.close();
        raw.close();
        dispositions.close();
        if (recut != null) {
            recut.close();
        }
    }
}
