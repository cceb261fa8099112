package io.trustpipeline.credits.sql;

import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.util.TablesNamesFinder;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which tables a query may read: those of the schema public, in the warehouse's own catalog. */
final class ReadTables {
    private static final Set<String> PLACES = Set.of("", "public.", "hive.public.");

    private ReadTables() {}

    static void check(PlainSelect select) {
        Set<String> joined = new HashSet<>();
        requireTable(select.getFromItem(), joined);
        for (Join join : select.getJoins() == null ? List.<Join>of() : select.getJoins()) {
            requireTable(join.getFromItem(), joined);
        }
        for (String name : new TablesNamesFinder<Void>().getTables((Statement) select)) {
            String table = name.replace("\"", "").toLowerCase(Locale.ROOT);
            if (!PLACES.contains(table.substring(0, table.lastIndexOf('.') + 1))) {
                throw Refusal.because("it reads a table outside of the schema public");
            }
        }
    }

    /** Each once: were the money taken from a second copy of a table, the condition on the account would not hold of it. */
    private static void requireTable(FromItem from, Set<String> joined) {
        if (!(from instanceof Table table)) {
            throw Refusal.because("it reads from something else than tables; a look without derived tables is needed");
        }
        if (!joined.add(table.getName().replace("\"", "").toLowerCase(Locale.ROOT))) {
            throw Refusal.because("it joins a table with itself");
        }
    }
}
