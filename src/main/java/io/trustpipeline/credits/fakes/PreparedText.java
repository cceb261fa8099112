package io.trustpipeline.credits.fakes;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A prepared statement with its values, which the drivers send as literals, in their places. */
final class PreparedText {
    private PreparedText() {}

    /** @param values separated by commas; null for none */
    static String with(String sql, @Nullable String values) {
        List<String> literals = values == null ? List.of() : split(values);
        StringBuilder text = new StringBuilder();
        int used = 0;
        boolean quoted = false;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            quoted ^= c == '\'';
            if (c == '?' && !quoted) {
                text.append(literals.get(used++));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static List<String> split(String values) {
        List<String> literals = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < values.length(); i++) {
            char c = values.charAt(i);
            quoted ^= c == '\'';
            if (c == ',' && !quoted) {
                literals.add(literal.toString().strip());
                literal.setLength(0);
            } else {
                literal.append(c);
            }
        }
        literals.add(literal.toString().strip());
        return literals;
    }
}
