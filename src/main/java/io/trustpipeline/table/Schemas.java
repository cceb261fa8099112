package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Schemas made from schemas. */
public final class Schemas {
    private Schemas() {}

    /**
     * The columns of a table followed by others, so that {@link Groups#copy} can fill the first of them.
     *
     * @param file the table, for the message
     * @throws TableException when the table already has a column of that name; upper and lower case count as the same,
     *     because most query engines cannot tell such columns apart
     */
    public static MessageType widen(Path file, MessageType table, List<Type> added) {
        Map<String, String> names = new TreeMap<>();
        for (Type column : table.getFields()) {
            names.put(column.getName().toLowerCase(Locale.ROOT), column.getName());
        }
        for (Type column : added) {
            String clash = names.get(column.getName().toLowerCase(Locale.ROOT));
            if (clash != null) {
                throw new TableException(
                        Kind.UNSUITABLE,
                        file,
                        "column \"" + clash + "\" has the name of a column that is added to the output; rename it");
            }
        }
        List<Type> columns = new ArrayList<>(table.getFields());
        columns.addAll(added);
        return new MessageType(table.getName(), columns);
    }
}
