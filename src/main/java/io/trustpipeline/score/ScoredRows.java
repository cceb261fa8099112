package io.trustpipeline.score;

import io.trustpipeline.score.Outcome.Scored;
import io.trustpipeline.table.Groups;
import io.trustpipeline.table.Schemas;
import io.trustpipeline.table.TableException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;

/** The rows of the scored output: every column of the input, then what was found. One row a span. */
public final class ScoredRows {
    private static final List<Type> ADDED = List.of(
            text("theme"),
            text("theme_text"),
            number("theme_start_char"),
            number("theme_end_char"),
            number("theme_start_token"),
            number("theme_end_token"),
            Types.required(PrimitiveTypeName.FLOAT).named("score"),
            Types.required(PrimitiveTypeName.INT32).named("relevant"),
            text("pattern_check_date"),
            Types.optional(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named("recommend"),
            Types.optional(PrimitiveTypeName.DOUBLE).named("confidence"),
            text("label"),
            text("model_digest"),
            text("run_id"));

    private final MessageType schema;
    private final String patternCheckDate;
    private final String runId;

    /**
     * Rows of a run.
     *
     * @param input the table that is scored, for the message
     * @param inputSchema its columns; they come first in the output, unchanged
     * @param patternCheckDate the day of the scoring, in the zone of the run
     * @throws TableException when the input already has a column of one of the added names, in any case
     */
    public ScoredRows(Path input, MessageType inputSchema, LocalDate patternCheckDate, String runId) {
        this.schema = Schemas.widen(input, inputSchema, ADDED);
        this.patternCheckDate = patternCheckDate.toString();
        this.runId = runId;
    }

    private ScoredRows(MessageType schema, String patternCheckDate, String runId) {
        this.schema = schema;
        this.patternCheckDate = patternCheckDate;
        this.runId = runId;
    }

    /** The same rows with one more column, which the caller fills. */
    ScoredRows with(Path input, Type column) {
        return new ScoredRows(Schemas.widen(input, schema, List.of(column)), patternCheckDate, runId);
    }

    /** The same whether there are rows or not. */
    public MessageType schema() {
        return schema;
    }

    /** Hands over the rows of a comment, one after the other. */
    public void write(Scored scored, Consumer<Group> sink) {
        scored.spans().forEach(span -> sink.accept(row(scored.comment().source(), span)));
    }

    Group row(Group source, ThemeSpan span) {
        Group row = new SimpleGroup(schema);
        Groups.copy(source, row);
        row.add("theme", span.theme());
        row.add("theme_text", span.text());
        row.add("theme_start_char", (long) span.startChar());
        row.add("theme_end_char", (long) span.endChar());
        row.add("theme_start_token", (long) span.startToken());
        row.add("theme_end_token", (long) span.endToken());
        row.add("score", span.score());
        row.add("relevant", span.relevant() ? 1 : 0);
        row.add("pattern_check_date", patternCheckDate);
        Recommendation recommendation = span.recommendation();
        if (recommendation != null) {
            row.add("recommend", recommendation.label());
            row.add("confidence", recommendation.confidence());
        }
        row.add("label", span.label());
        row.add("model_digest", span.modelDigest());
        row.add("run_id", runId);
        return row;
    }

    private static Type text(String name) {
        return Types.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }

    private static Type number(String name) {
        return Types.required(PrimitiveTypeName.INT64).named(name);
    }
}
