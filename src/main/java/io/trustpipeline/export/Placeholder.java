package io.trustpipeline.export;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a template can leave to the run, by every spelling. */
enum Placeholder {
    RUN_DATE(":run_date") {
        @Override
        Object value(QueryValues values) {
            return values.runDate();
        }

        @Override
        String literal(QueryValues values) {
            return "DATE '" + values.runDate() + "'";
        }
    },
    UP_ID(":up_id", "{UP_ID}") {
        @Override
        Object value(QueryValues values) {
            return values.upId();
        }
    },
    ROW_LIMIT(":row_limit") {
        @Override
        Object value(QueryValues values) {
            return values.rowLimit();
        }
    };

    private final String[] spellings;

    Placeholder(String... spellings) {
        this.spellings = spellings;
    }

    static Optional<Placeholder> find(String spelling) {
        return Arrays.stream(values())
                .filter(placeholder -> Arrays.asList(placeholder.spellings).contains(spelling))
                .findFirst();
    }

    /** All spellings, for messages. */
    static String known() {
        return Arrays.stream(values())
                .flatMap(placeholder -> Arrays.stream(placeholder.spellings))
                .collect(Collectors.joining(", "));
    }

    /** What to bind: a {@link java.time.LocalDate} or a {@link Long}. */
    abstract Object value(QueryValues values);

    /** The same as an SQL literal of its type. */
    String literal(QueryValues values) {
        return value(values).toString();
    }
}
