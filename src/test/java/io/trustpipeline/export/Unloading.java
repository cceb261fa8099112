package io.trustpipeline.export;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The UNLOADs of one connection: runs them, and lets others cancel the one that runs. */
final class Unloading {
    private static final Pattern TIMEOUT = Pattern.compile("(?i)\\s*SET\\s+statement_timeout\\s+TO\\s+(\\d+)\\s*");

    private final UnloadPeer peer;
    private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();
    private volatile long timeoutMillis;

    Unloading(UnloadPeer peer) {
        this.peer = peer;
    }

    /** What the session is told besides UNLOAD. */
    void heard(String sql) {
        Matcher timeout = TIMEOUT.matcher(sql);
        if (timeout.matches()) {
            timeoutMillis = Long.parseLong(timeout.group(1));
        }
    }

    boolean running() {
        return running.get() != null;
    }

    void cancel() {
        Statement statement = running.get();
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Carries an UNLOAD out, and returns a statement by which PostgreSQL tells the driver how it ended. */
    String run(String sql) {
        try {
            long rows = peer.unload(sql, timeoutMillis, running::set);
            return "DO $d$BEGIN PERFORM set_config('redshift.unloaded', '" + rows + "', false); RAISE INFO"
                    + " 'UNLOAD completed, % record(s) unloaded successfully.', " + rows + "; END$d$";
        } catch (UnloadPeer.Refused refused) {
            return raise(refused.state(), refused.getMessage(), refused.detail());
        } catch (SQLException failed) {
            boolean cancelled = "57014".equals(failed.getSQLState());
            return raise(
                    String.valueOf(failed.getSQLState()),
                    cancelled ? "Query (4711) cancelled on user's request" : String.valueOf(failed.getMessage()),
                    "");
        } finally {
            running.set(null);
        }
    }

    private static String raise(String state, String message, String detail) {
        return "DO $d$BEGIN RAISE EXCEPTION USING ERRCODE = '" + state + "', MESSAGE = " + literal(message)
                + (detail.isEmpty() ? "" : ", DETAIL = " + literal(detail)) + "; END$d$";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
