package io.trustpipeline.transcripts.publish;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is asked of the database, as the JSON that is answered: scores 0 to 100, null where there is no evidence,
 * confidence 0 to 1. Thread-safe.
 */
public final class ClassReading {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCORES = "10 * empathy AS empathy, 10 * adaptability AS adaptability,"
            + " 10 * collaboration AS collaboration, 10 * communication AS communication,"
            + " 10 * self_regulation AS self_regulation";
    private static final String ASSESSMENT = "SELECT assessment_id, job_id, student_id, class_id, assessed_on,"
            + " model_version, " + SCORES + ", confidence_empathy, confidence_adaptability, confidence_collaboration,"
            + " confidence_communication, confidence_self_regulation, utterance_count, words_spoken, created_at"
            + " FROM assessments";
    private static final String NEWEST_FIRST = " ORDER BY assessed_on DESC, created_at DESC, assessment_id";

    private final ClassDatabase database;

    public ClassReading(ClassDatabase database) {
        this.database = database;
    }

    public Optional<ObjectNode> latest(UUID student) {
        return rows("latest assessment", ASSESSMENT + " WHERE student_id = ?" + NEWEST_FIRST + " LIMIT 1", student)
                .stream()
                .findFirst();
    }

    public List<ObjectNode> history(UUID student, int limit, int offset) {
        return rows(
                "history",
                ASSESSMENT + " WHERE student_id = ?" + NEWEST_FIRST + " LIMIT ? OFFSET ?",
                student,
                limit,
                offset);
    }

    /** The assessment alone, to know whose it is. */
    public Optional<ObjectNode> assessment(UUID assessment) {
        return rows("assessment", ASSESSMENT + " WHERE assessment_id = ?", assessment).stream()
                .findFirst();
    }

    public List<ObjectNode> evidence(UUID assessment) {
        return rows(
                "evidence",
                "SELECT evidence_id, skill, span_text, span_location, line_number, start_offset, end_offset, context,"
                        + " rationale, score_contrib, confidence FROM evidence WHERE assessment_id = ?"
                        + " ORDER BY skill, score_contrib DESC, line_number, start_offset",
                assessment);
    }

    public List<ObjectNode> classes() {
        return rows(
                "classes",
                "SELECT class_id, count(DISTINCT student_id) AS students, count(*) AS assessments,"
                        + " min(assessed_on) AS first_assessed_on, max(assessed_on) AS last_assessed_on"
                        + " FROM assessments GROUP BY class_id ORDER BY class_id");
    }

    /** Averages of the class and of each pupil, over all assessments, and the figures of its windows. */
    public ObjectNode dashboard(String classId) {
        String averages = "round(10 * avg(empathy), 1) AS empathy, round(10 * avg(adaptability), 1) AS adaptability,"
                + " round(10 * avg(collaboration), 1) AS collaboration,"
                + " round(10 * avg(communication), 1) AS communication,"
                + " round(10 * avg(self_regulation), 1) AS self_regulation";
        ObjectNode board = JSON.createObjectNode().put("class_id", classId);
        board.set(
                "averages",
                rows(
                                "dashboard",
                                "SELECT " + averages
                                        + ", count(*) AS assessments, min(assessed_on) AS first_assessed_on,"
                                        + " max(assessed_on) AS last_assessed_on FROM assessments WHERE class_id = ?",
                                classId)
                        .get(0));
        board.set(
                "students",
                array(rows(
                        "dashboard",
                        "SELECT student_id, name, external_ref, " + averages + ", count(*) AS assessments,"
                                + " max(assessed_on) AS last_assessed_on FROM students JOIN assessments USING (student_id)"
                                + " WHERE assessments.class_id = ? GROUP BY student_id ORDER BY name, student_id",
                        classId)));
        board.set(
                "windows",
                array(rows(
                        "dashboard",
                        "SELECT window_start, window_end, metric_name, metric_value FROM class_aggregates"
                                + " WHERE class_id = ? ORDER BY window_start, window_end, metric_name",
                        classId)));
        return board;
    }

    /** A row a pupil and assessment of a week, for people's spreadsheets. */
    List<ObjectNode> week(String classId, LocalDate monday) {
        return rows(
                "export",
                "SELECT name, external_ref, student_id, assessed_on, model_version, " + SCORES + ","
                        + " confidence_empathy, confidence_adaptability, confidence_collaboration,"
                        + " confidence_communication, confidence_self_regulation, utterance_count, words_spoken,"
                        + " (SELECT string_agg(skill || ' (' || span_location || '): ' || span_text, ' | '"
                        + " ORDER BY skill, score_contrib DESC, line_number, start_offset) FROM evidence"
                        + " WHERE evidence.assessment_id = assessments.assessment_id) AS evidence"
                        + " FROM assessments JOIN students USING (student_id)"
                        + " WHERE assessments.class_id = ? AND assessed_on BETWEEN ? AND ?"
                        + " ORDER BY name, student_id, assessed_on, assessments.created_at, assessment_id",
                classId,
                Date.valueOf(monday),
                Date.valueOf(monday.plusDays(6)));
    }

    public static ArrayNode array(List<ObjectNode> rows) {
        return JSON.createArrayNode().addAll(rows);
    }

    private List<ObjectNode> rows(String step, String sql, Object... parameters) {
        return database.read(step, connection -> rows(connection, sql, parameters));
    }

    private static List<ObjectNode> rows(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = query.executeQuery()) {
                List<ObjectNode> all = new ArrayList<>();
                ResultSetMetaData columns = rows.getMetaData();
                while (rows.next()) {
                    ObjectNode row = JSON.createObjectNode();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        put(row, columns.getColumnLabel(i), rows.getObject(i));
                    }
                    all.add(row);
                }
                return all;
            }
        }
    }

    private static void put(ObjectNode row, String name, @Nullable Object value) {
        if (value == null) {
            row.putNull(name);
        } else if (value instanceof BigDecimal decimal) {
            row.put(name, decimal.stripTrailingZeros());
        } else if (value instanceof Number number) {
            row.put(name, number.longValue());
        } else if (value instanceof Timestamp moment) {
            row.put(name, moment.toInstant().toString());
        } else {
            row.put(name, value.toString());
        }
    }
}
