package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

import java.util.Set;

/** Finds the key and the text of a comment in a row. */
public final class CommentColumns {
    public static final String KEY = "comment_unique_key";
    public static final String TEXT = "cleaned_comment";

    private final int key;
    private final int text;

    private CommentColumns(int key, int text) {
        this.key = key;
        this.text = text;
    }

    /**
     * The columns of a table.
     *
     * @param file names the table in the message
     * @throws PipelineException DATA_REFUSED when the text column is missing, or one of the two has another type
     */
    public static CommentColumns of(String file, MessageType schema) {
        if (!schema.containsField(TEXT)) {
            throw refused(file + ": has no column " + TEXT + "; it has " + names(schema));
        }
        Type text = schema.getType(TEXT);
        if (!isText(text)) {
            throw refused(file + ": column " + TEXT + " is " + shown(text) + "; it must be text");
        }
        if (!schema.containsField(KEY)) {
            return new CommentColumns(-1, schema.getFieldIndex(TEXT));
        }
        Type key = schema.getType(KEY);
        if (!isText(key) && !isInteger(key)) {
            throw refused(file + ": column " + KEY + " is " + shown(key) + "; it must be text or an integer");
        }
        return new CommentColumns(schema.getFieldIndex(KEY), schema.getFieldIndex(TEXT));
    }

    /** A row as a comment that is to be scored for these themes. */
    public Comment comment(long row, Group source, Set<String> themes) {
        return new Comment(row, value(source, key), value(source, text), source, themes);
    }

    private static @Nullable String value(Group source, int column) {
        if (column < 0 || source.getFieldRepetitionCount(column) == 0) {
            return null;
        }
        return isText(source.getType().getType(column))
                ? source.getString(column, 0)
                : source.getValueToString(column, 0);
    }

    private static boolean isText(Type type) {
        return type.isPrimitive()
                && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation;
    }

    private static boolean isInteger(Type type) {
        return type.isPrimitive()
                && (type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32
                        || type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64);
    }

    private static String shown(Type type) {
        return type.isPrimitive()
                ? type.asPrimitiveType().getPrimitiveTypeName().name()
                : "a group";
    }

    private static String names(GroupType schema) {
        return String.join(", ", schema.getFields().stream().map(Type::getName).toList());
    }

    private static PipelineException refused(String message) {
        return new PipelineException(ExitCode.DATA_REFUSED, message);
    }
}
