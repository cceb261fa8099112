package io.trustpipeline.credits.warehouse;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/** A row of a result, by the names of its columns in lower case. */
record Row(Map<String, @Nullable Object> values) {

    @Nullable
    String text(String column) {
        Object value = values.get(column.toLowerCase(Locale.ROOT));
        return value == null ? null : value.toString();
    }

    @Nullable
    BigDecimal number(String column) {
        String text = text(column);
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(column + " holds what is no number", notANumber);
        }
    }

    BigDecimal amount(String column) {
        BigDecimal number = number(column);
        return number == null ? BigDecimal.ZERO : number;
    }

    boolean flag(String column) {
        return Boolean.parseBoolean(text(column));
    }
}
