package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.table.DuckDbMessage;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a database says when it fails, as one line with an exit code, without passwords and without values of rows. */
final class SqlFailure {
    /** PostgreSQL and Redshift quote the value that they cannot convert. */
    private static final Pattern VALUE = Pattern.compile("\".*\"");

    private static final int LONGEST = 600;

    private SqlFailure() {}

    /** The failure of a statement that may have run into its time-out. */
    static PipelineException of(SQLException failure, WarehouseSettings settings) {
        return of(failure, settings, settings.queryTimeout());
    }

    /** @param elapsed how long the statement ran: one that was cancelled sooner than its time-out was ended by others */
    static PipelineException of(SQLException failure, WarehouseSettings settings, Duration elapsed) {
        boolean duckDb = settings.url().toLowerCase(Locale.ROOT).startsWith("jdbc:duckdb:");
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        boolean redshift = settings.url().toLowerCase(Locale.ROOT).startsWith("jdbc:redshift:");
        String message = duckDb
                ? DuckDbMessage.of(failure)
                : redshift && !state.startsWith("22") ? oneLine(failure) : firstLine(failure);
        ExitCode exitCode = duckDb ? duckDb(message) : standard(state);
        if (state.startsWith("22")) {
            message = VALUE.matcher(message).replaceAll("…");
        }
        boolean timedOut = elapsed.compareTo(settings.queryTimeout()) >= 0;
        if ((state.equals("57014") && timedOut) || (duckDb && message.startsWith("INTERRUPT"))) {
            message = "the query did not finish in " + settings.queryTimeoutSeconds() + " s";
        }
        String suffix = state.isEmpty() ? "" : " (SQLSTATE " + state + ")";
        return new PipelineException(
                exitCode,
                "warehouse " + JdbcUrl.display(settings.url()) + ": " + JdbcUrl.withoutSecrets(message, settings)
                        + suffix,
                failure);
    }

    /** Redshift says where an UNLOAD failed (S3's error, the file, the query's number) in the lines after the first. */
    private static String oneLine(SQLException failure) {
        String line = String.valueOf(failure.getMessage())
                .replaceAll("-{5,}", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String firstLine(SQLException failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        return message.lines().findFirst().orElse(message);
    }

    /** Classes of SQLSTATE (SQL:2016, and PostgreSQL's own). */
    private static ExitCode standard(String state) {
        return switch (state) {
            // A table, a column or a function is not there, or not of the type that the query takes it for.
            case "42P01", "42703", "42883", "42804", "42846", "3F000" -> ExitCode.DATA_REFUSED;
            // The database itself is not there.
            case "3D000" -> ExitCode.CONFIGURATION;
            default ->
                switch (state.length() < 2 ? "" : state.substring(0, 2)) {
                    case "22" -> ExitCode.DATA_REFUSED;
                    // Wrong password, no privilege, wrong SQL, a statement that would write.
                    case "28", "42", "25" -> ExitCode.CONFIGURATION;
                    default -> ExitCode.UNAVAILABLE;
                };
        };
    }

    private static ExitCode duckDb(String message) {
        if (message.startsWith("Catalog Error")
                || message.startsWith("Binder Error")
                || message.startsWith("Conversion")) {
            return ExitCode.DATA_REFUSED;
        }
        if (message.startsWith("Parser Error") || message.contains("database does not exist")) {
            return ExitCode.CONFIGURATION;
        }
        return ExitCode.UNAVAILABLE;
    }
}
