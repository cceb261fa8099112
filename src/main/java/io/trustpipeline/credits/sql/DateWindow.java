package io.trustpipeline.credits.sql;

import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.DateTimeLiteralExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which days a query is about, both of which count. */
record DateWindow(LocalDate start, LocalDate end) {

    static DateWindow of(Conditions conditions) {
        List<LocalDate> starts = new ArrayList<>();
        List<LocalDate> ends = new ArrayList<>();
        for (Expression condition : conditions.all()) {
            if (condition instanceof GreaterThanEquals from) {
                time(from.getRightExpression()).ifPresent(time -> starts.add(time.toLocalDate()));
            } else if (condition instanceof MinorThan before) {
                time(before.getRightExpression()).ifPresent(time -> ends.add(lastDayBefore(time)));
            } else if (condition instanceof MinorThanEquals until) {
                time(until.getRightExpression()).ifPresent(time -> ends.add(time.toLocalDate()));
            } else if (condition instanceof Between between && !between.isNot()) {
                time(between.getBetweenExpressionStart()).ifPresent(time -> starts.add(time.toLocalDate()));
                time(between.getBetweenExpressionEnd()).ifPresent(time -> ends.add(time.toLocalDate()));
            }
        }
        if (starts.size() != 1 || ends.size() != 1) {
            throw Refusal.because("it has " + starts.size() + " first and " + ends.size()
                    + " last moments, and one of each is needed: TIMESTAMP '…'");
        }
        if (ends.get(0).isBefore(starts.get(0))) {
            throw Refusal.because("its time ends " + ends.get(0) + ", before it begins, " + starts.get(0));
        }
        return new DateWindow(starts.get(0), ends.get(0));
    }

    /** Midnight begins the next day, which does not count. */
    private static LocalDate lastDayBefore(LocalDateTime end) {
        return end.toLocalTime().equals(LocalTime.MIDNIGHT) ? end.toLocalDate().minusDays(1) : end.toLocalDate();
    }

    private static Optional<LocalDateTime> time(Expression expression) {
        Expression bare = Conditions.bare(expression);
        if (bare instanceof DateTimeLiteralExpression literal) {
            return Optional.of(parse(literal.getValue()));
        }
        if (bare instanceof CastExpression cast
                && Conditions.bare(cast.getLeftExpression()) instanceof StringValue text) {
            String type = String.valueOf(cast.getColDataType());
            return type.regionMatches(true, 0, "date", 0, 4) || type.regionMatches(true, 0, "timestamp", 0, 9)
                    ? Optional.of(parse(text.getValue()))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static LocalDateTime parse(String quoted) {
        String text = quoted.replace("'", "").strip().replace(' ', 'T');
        try {
            return text.contains("T")
                    ? LocalDateTime.parse(text)
                    : LocalDate.parse(text).atStartOfDay();
        } catch (DateTimeParseException notADate) {
            throw Refusal.because("a moment in it cannot be read; right is 2025-07-01 or 2025-07-01 00:00:00");
        }
    }
}
