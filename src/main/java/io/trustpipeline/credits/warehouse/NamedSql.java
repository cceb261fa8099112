package io.trustpipeline.credits.warehouse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of our own queries with {@code :name} for its values; a list stands for as many marks, for {@code IN (:name)}.
 *
 * @param name its file's, without path and ending
 */
record NamedSql(String name, String text) {
    private static final Pattern MARK = Pattern.compile("(?<![:\\w]):([a-z]\\w*)");
    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");

    WarehouseQuery with(Map<String, ?> values, Duration deadline) {
        List<Object> bound = new ArrayList<>();
        Matcher marks = MARK.matcher(COMMENT.matcher(text).replaceAll("").strip());
        String sql = marks.replaceAll(mark -> {
            Object value = values.get(mark.group(1));
            if (value == null) {
                throw new IllegalArgumentException(name + ".sql: nothing is known for :" + mark.group(1));
            }
            if (value instanceof Collection<?> several) {
                bound.addAll(several);
                return String.join(", ", Collections.nCopies(several.size(), "?"));
            }
            bound.add(value);
            return "?";
        });
        return new WarehouseQuery(name, sql, bound, deadline);
    }
}
