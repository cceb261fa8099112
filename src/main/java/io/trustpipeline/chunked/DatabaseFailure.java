package io.trustpipeline.chunked;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.sql.SQLException;
import java.util.Map;

/**
 * What went wrong in the database, said without the server's own text, which may quote values of rows: the file of the
 * statement, the SQLSTATE and what that stands for. For the same reason the {@link SQLException} is not kept as the cause.
 */
final class DatabaseFailure {
    private static final Map<String, String> CONDITIONS = Map.ofEntries(
            Map.entry("40001", "could not serialise among concurrent transactions"),
            Map.entry("40P01", "deadlock"),
            Map.entry("55P03", "a lock was not to be had"),
            Map.entry("57014", "cancelled, or past its time limit"),
            Map.entry("57P01", "the server ended the connection"),
            Map.entry("25P03", "the transaction stood idle for too long"),
            Map.entry("42P01", "a table is missing"),
            Map.entry("42703", "a column is missing"),
            Map.entry("42601", "not valid SQL"),
            Map.entry("42501", "no privilege"),
            Map.entry("3D000", "no such database"),
            Map.entry("3F000", "no such schema"),
            Map.entry("28P01", "wrong user or password"),
            Map.entry("28000", "wrong user or password"),
            Map.entry("08", "no connection"),
            Map.entry("22", "a value is not of its type or range"),
            Map.entry("23", "a constraint refuses a row"),
            Map.entry("25", "the transaction is not in the right state"),
            Map.entry("28", "refused by the server"),
            Map.entry("40", "rolled back by the server"),
            Map.entry("42", "not valid SQL here"),
            Map.entry("53", "the server lacks resources"),
            Map.entry("57", "the server stops"),
            Map.entry("P0", "an exception raised in the database"));

    private DatabaseFailure() {}

    /** @param statement the file of the statement, or what was being done */
    static PipelineException of(SQLException failure, String statement) {
        return new PipelineException(exitCode(failure), message(failure, statement));
    }

    static String message(SQLException failure, String statement) {
        String state = state(failure);
        String condition =
                CONDITIONS.getOrDefault(state, CONDITIONS.getOrDefault(group(state), "refused by the server"));
        return "database, " + statement + ": " + condition + " (SQLSTATE " + state
                + "); the server's log has the details";
    }

    /** Whether the same may well succeed when it is tried again. */
    static boolean passes(SQLException failure) {
        String state = state(failure);
        return switch (group(state)) {
            case "40", "08", "53" -> true;
            case "57" -> !state.equals("57014");
            default -> state.equals("55P03") || state.equals("25P03");
        };
    }

    static ExitCode exitCode(SQLException failure) {
        return switch (group(state(failure))) {
            case "22", "23", "P0" -> ExitCode.DATA_REFUSED;
            case "28", "3D", "3F", "42" -> ExitCode.CONFIGURATION;
            default -> ExitCode.UNAVAILABLE;
        };
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "08000" : failure.getSQLState();
    }

    private static String group(String state) {
        return state.length() < 2 ? state : state.substring(0, 2);
    }
}
