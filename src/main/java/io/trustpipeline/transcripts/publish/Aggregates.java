package io.trustpipeline.transcripts.publish;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;

/** Recomputes what is known of a class in every window around some days. */
final class Aggregates {
    private static final String COMPUTE = ClassDatabase.resource("aggregates.sql");
    private static final String CLEAR =
            "DELETE FROM class_aggregates WHERE class_id = ? AND window_start = ? AND window_end = ?";

    private Aggregates() {}

    /** Holds everybody else off who changes this class, until the transaction ends. */
    static void lock(Connection connection, String classId) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext(?))")) {
            lock.setString(1, "transcripts class " + classId);
            lock.execute();
        }
    }

    static void recompute(Connection connection, String classId, Collection<LocalDate> days) throws SQLException {
        try (PreparedStatement clear = connection.prepareStatement(CLEAR);
                PreparedStatement compute = connection.prepareStatement(COMPUTE)) {
            for (Windows.Window window : days.stream()
                    .flatMap(day -> Windows.around(day).stream())
                    .distinct()
                    .toList()) {
                bind(clear, 1, classId, window);
                clear.executeUpdate();
                bind(compute, 1, classId, window);
                bind(compute, 4, classId, window);
                compute.executeUpdate();
            }
        }
    }

    private static void bind(PreparedStatement statement, int from, String classId, Windows.Window window)
            throws SQLException {
        statement.setString(from, classId);
        statement.setDate(from + 1, Date.valueOf(window.start()));
        statement.setDate(from + 2, Date.valueOf(window.end()));
    }
}
