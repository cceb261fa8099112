package io.trustpipeline.score;

import io.trustpipeline.score.Outcome.Rejected;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The rows of the rejected output: which comment, which row of the input (from 0), at which stage and why. */
public final class RejectedRows {
    public static final MessageType SCHEMA = Types.buildMessage()
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("comment_unique_key")
            .required(PrimitiveTypeName.INT64)
            .named("row")
            .required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("stage")
            .required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("reason")
            .named("rejected");

    private RejectedRows() {}

    public static Group row(Rejected rejected) {
        Group row = new SimpleGroup(SCHEMA);
        if (rejected.comment().key() != null) {
            row.add("comment_unique_key", rejected.comment().key());
        }
        row.add("row", rejected.comment().row());
        row.add("stage", rejected.stage());
        row.add("reason", rejected.reason());
        return row;
    }
}
