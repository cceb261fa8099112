package io.trustpipeline.export;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a template can leave to the run, by every spelling. */
enum Placeholder {
    RUN_DATE,
    UP_ID,
    ROW_LIMIT;

    private List<String> spellings() {
        return switch (this) {
            case RUN_DATE -> List.of(":run_date");
            case UP_ID -> List.of(":up_id", "{UP_ID}");
            case ROW_LIMIT -> List.of(":row_limit");
        };
    }

    static Optional<Placeholder> find(String spelling) {
        return Arrays.stream(values())
                .filter(placeholder -> placeholder.spellings().contains(spelling))
                .findFirst();
    }

    /** All spellings, for messages. */
    static String known() {
        return Arrays.stream(values())
                .flatMap(placeholder -> placeholder.spellings().stream())
                .collect(Collectors.joining(", "));
    }

    /** What to bind: a {@link java.time.LocalDate} or a {@link Long}. */
    Object value(QueryValues values) {
        return switch (this) {
            case RUN_DATE -> values.runDate();
            case UP_ID -> values.upId();
            case ROW_LIMIT -> values.rowLimit();
        };
    }

    /** The same as an SQL literal of its type. */
    String literal(QueryValues values) {
        return switch (this) {
            case RUN_DATE -> "DATE '" + values.runDate() + "'";
            case UP_ID -> Long.toString(values.upId());
            case ROW_LIMIT -> Long.toString(values.rowLimit());
        };
    }
}
