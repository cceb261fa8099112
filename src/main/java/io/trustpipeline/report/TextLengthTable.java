package io.trustpipeline.report;

import io.trustpipeline.report.RunReport.LengthClass;
import io.trustpipeline.report.RunReport.TextLengths;
import io.trustpipeline.run.Workspace;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How long the exported comments are, beside those of an earlier run. */
final class TextLengthTable {
    /** In code points; the first class holds comments with no text. */
    private static final List<Integer> FROM = List.of(0, 1, 50, 100, 200, 400, 800, 1600);

    /** A class without comments counts as this share, because the index takes a logarithm of it. */
    private static final double LEAST_SHARE = 1e-4;

    private TextLengthTable() {}

    /** @param before null without a run to compare with */
    static TextLengths of(Connection connection, List<Path> raw, @Nullable TextLengths before) throws SQLException {
        long[] counts = new long[FROM.size()];
        if (!raw.isEmpty()) {
            StringBuilder number = new StringBuilder("0");
            FROM.stream().skip(1).forEach(from -> number.append(" + CAST(coalesce(length(cleaned_comment), 0) >= ")
                    .append(from)
                    .append(" AS INTEGER)"));
            SpanTable.ask(
                            connection,
                            "SELECT " + number + " AS number, count(*) FROM " + Workspace.table(raw)
                                    + " GROUP BY ALL ORDER BY ALL",
                            List.of(),
                            row -> new long[] {row.getLong(1), row.getLong(2)})
                    .forEach(row -> counts[(int) row[0]] = row[1]);
        }
        boolean comparable = before != null && before.classes().size() == FROM.size();
        List<LengthClass> classes = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            Long earlier =
                    comparable && before != null ? before.classes().get(i).comments() : null;
            classes.add(new LengthClass(FROM.get(i), counts[i], earlier));
        }
        return new TextLengths(classes, stabilityIndex(classes));
    }

    /**
     * The population stability index: the sum over the classes of (p − q) · ln(p / q), with p their shares now and q
     * before. By custom below 0.1 nothing changed, above 0.25 much did.
     */
    private static @Nullable Double stabilityIndex(List<LengthClass> classes) {
        double now = classes.stream().mapToLong(LengthClass::comments).sum();
        double earlier = 0;
        for (LengthClass each : classes) {
            Long before = each.before();
            if (before == null) {
                return null;
            }
            earlier += before;
        }
        if (now == 0 || earlier == 0) {
            return null;
        }
        double index = 0;
        for (LengthClass each : classes) {
            Long before = each.before();
            double p = Math.max(LEAST_SHARE, each.comments() / now);
            double q = Math.max(LEAST_SHARE, (before == null ? 0 : before) / earlier);
            index += (p - q) * Math.log(p / q);
        }
        return Rounded.to(index, 3);
    }
}
