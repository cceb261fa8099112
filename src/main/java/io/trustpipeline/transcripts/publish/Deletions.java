package io.trustpipeline.transcripts.publish;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;

/** Takes a pupil out of the database. From the request on, no job that began before can bring the pupil back. */
public final class Deletions {
    static final String REQUESTED = "delete-student";
    private static final String DONE = "deleted-student";

    private final ClassDatabase database;

    public Deletions(ClassDatabase database) {
        this.database = database;
    }

    /** The classes of a pupil who is in the database. */
    public Set<String> classesOf(UUID student) {
        return database.read("students", connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT class_id FROM students WHERE student_id ="
                            + " ? UNION SELECT class_id FROM assessments WHERE student_id = ?")) {
                query.setObject(1, student);
                query.setObject(2, student);
                try (ResultSet rows = query.executeQuery()) {
                    Set<String> classes = new LinkedHashSet<>();
                    while (rows.next()) {
                        classes.add(rows.getString(1));
                    }
                    return classes;
                }
            }
        });
    }

    /** Writes down that it was asked for. */
    public void request(UUID student, Audit.Actor actor) {
        new Audit(database).add(actor, REQUESTED, student.toString());
    }

    /**
     * Removes the pupil's rows and recomputes the figures of the classes.
     *
     * @param classes in an order that is always the same, because each is held until the end
     * @return assessments that are gone
     */
    public int remove(UUID student, SortedSet<String> classes, Audit.Actor actor) {
        return database.transaction("deleting", connection -> {
            for (String classId : classes) {
                Aggregates.lock(connection, classId);
            }
            Set<LocalDate> days = days(connection, student);
            int assessments = delete(connection, "DELETE FROM assessments WHERE student_id = ?", student);
            delete(connection, "DELETE FROM students WHERE student_id = ?", student);
            for (String classId : classes) {
                Aggregates.recompute(connection, classId, days);
            }
            Audit.add(connection, actor, DONE, student.toString());
            return assessments;
        });
    }

    private static Set<LocalDate> days(Connection connection, UUID student) throws SQLException {
        Set<LocalDate> days = new LinkedHashSet<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT DISTINCT assessed_on FROM assessments WHERE student_id = ?")) {
            query.setObject(1, student);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Date day = rows.getDate(1);
                    days.add(day.toLocalDate());
                }
            }
        }
        return days;
    }

    private static int delete(Connection connection, String sql, UUID student) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setObject(1, student);
            return delete.executeUpdate();
        }
    }
}
