package io.trustpipeline.score;

import io.trustpipeline.run.Progress;
import io.trustpipeline.run.RowCounts;
import io.trustpipeline.run.StopSignal;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.ParquetRows;
import io.trustpipeline.table.ParquetSink;
import io.trustpipeline.table.RecordBatch;
import io.trustpipeline.table.TableConverter;
import org.apache.parquet.example.data.Group;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Scores a file into a file, in memory that does not depend on its size. The output appears whole or not at all. */
public final class FileScoring {
    private static final int BATCH_ROWS = 1024;
    private static final String RUN_ID = "score";

    private final Scorer scorer;
    private final Set<String> themes;
    private final Path scratch;
    private final Progress progress;
    private final StopSignal stop;

    /** @param scratch a folder for intermediate files, removed afterwards */
    public FileScoring(Scorer scorer, ModelCatalogue catalogue, Path scratch, Progress progress, StopSignal stop) {
        this.scorer = scorer;
        this.themes = new LinkedHashSet<>();
        catalogue.themes().forEach(theme -> themes.add(theme.name()));
        this.scratch = scratch;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * What became of the rows.
     *
     * @param rejectedFile where rejected rows stand beside the output, if there are any
     */
    public record Scored(RowCounts rows, long spans, Optional<Path> rejectedFile) {}

    /** Scores {@code in} into {@code out}; both may be Parquet, CSV or JSON lines, by their endings. */
    public Scored score(Path in, Path out, LocalDate patternCheckDate) {
        try {
            Files.createDirectories(scratch);
            TableConverter converter = new TableConverter(DuckDb.Limits.standard(scratch.resolve("spill")));
            Path table = converter.asParquet(in, scratch.resolve("in.parquet"));
            Path spans = scratch.resolve("spans.parquet");
            Path rejected = scratch.resolve("rejected.parquet");
            Scored scored = score(table, in, spans, rejected, patternCheckDate);
            Optional<Path> rejectedFile = scored.rows().rejected() > 0 ? Optional.of(beside(out)) : Optional.empty();
            rejectedFile.ifPresent(file -> converter.fromParquet(rejected, file));
            converter.fromParquet(spans, out);
            return new Scored(scored.rows(), scored.spans(), rejectedFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            clear();
        }
    }

    private Scored score(Path table, Path in, Path spans, Path rejected, LocalDate patternCheckDate) {
        try (ParquetRows rows = ParquetRows.open(table, BATCH_ROWS)) {
            CommentColumns columns = CommentColumns.of(in.toString(), rows.schema());
            ScoredRows output = new ScoredRows(in, rows.schema(), patternCheckDate, RUN_ID);
            try (ParquetSink scoredSink = ParquetSink.create(spans, output.schema());
                    ParquetSink rejectedSink = ParquetSink.create(rejected, RejectedRows.SCHEMA)) {
                OutcomeWriter writer = new OutcomeWriter(output, scoredSink, rejectedSink);
                progress.stage("score");
                progress.rows(0, rows.rowCount());
                for (RecordBatch batch : rows) {
                    stop.check();
                    writer.write(scorer.score(comments(columns, batch)));
                    progress.rows(writer.counts().exported(), rows.rowCount());
                }
                rejectedSink.finish();
                return new Scored(
                        writer.counts().conserved(in.toString()),
                        scoredSink.finish().rows(),
                        Optional.empty());
            }
        }
    }

    private List<Comment> comments(CommentColumns columns, RecordBatch batch) {
        List<Comment> comments = new ArrayList<>(batch.rows().size());
        long row = batch.firstRow();
        for (Group source : batch.rows()) {
            comments.add(columns.comment(row++, source, themes));
        }
        return comments;
    }

    /** {@code spans.parquet} has its rejected rows in {@code spans.rejected.parquet}. */
    private static Path beside(Path out) {
        String name = out.getFileName().toString();
        int dot = name.indexOf('.');
        return out.resolveSibling(name.substring(0, dot) + ".rejected" + name.substring(dot));
    }

    private void clear() {
        try (Stream<Path> inside = Files.walk(scratch)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
