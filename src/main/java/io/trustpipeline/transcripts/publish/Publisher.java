package io.trustpipeline.transcripts.publish;

import io.trustpipeline.transcripts.read.NameBasedId;
import io.trustpipeline.transcripts.read.Pupil;
import io.trustpipeline.transcripts.read.Roster;
import io.trustpipeline.transcripts.score.Evidence;
import io.trustpipeline.transcripts.score.PupilScores;
import io.trustpipeline.transcripts.score.Skill;
import io.trustpipeline.transcripts.score.SkillScore;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.UUID;

/**
 * Puts the scores of a job into the database, in one transaction. Assessments and evidence have ids that follow from job,
 * pupil and scorer, so that a repetition changes nothing. Pupils who were deleted since the job began stay deleted.
 */
public final class Publisher {
    private static final String STUDENT = """
            INSERT INTO students (student_id, class_id, name, external_ref) VALUES (?, ?, ?, ?)
            ON CONFLICT (student_id) DO UPDATE SET
                name = CASE WHEN students.name = '' THEN excluded.name ELSE students.name END,
                external_ref = coalesce(students.external_ref, excluded.external_ref)""";
    private static final String ASSESSMENT = """
            INSERT INTO assessments (assessment_id, job_id, artifact_id, student_id, class_id, assessed_on, model_version,
                created_at, utterance_count, words_spoken, empathy, adaptability, collaboration, communication,
                self_regulation, confidence_empathy, confidence_adaptability, confidence_collaboration,
                confidence_communication, confidence_self_regulation)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (job_id, student_id, model_version) DO NOTHING""";
    private static final String EVIDENCE = """
            INSERT INTO evidence (evidence_id, assessment_id, skill, span_text, span_location, line_number, start_offset,
                end_offset, context, rationale, score_contrib, confidence, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (evidence_id) DO NOTHING""";
    private static final String DELETED =
            "SELECT 1 FROM audit WHERE action = '" + Deletions.REQUESTED + "' AND record = ? AND occurred_at >= ?";

    private final ClassDatabase database;

    public Publisher(ClassDatabase database) {
        this.database = database;
    }

    /** What is in the database of a job now. */
    public record Published(int students, int evidence) {}

    /** @throws io.trustpipeline.run.PipelineException UNAVAILABLE when the database does not answer */
    public Published publish(Session session, Roster roster, List<PupilScores> scores) {
        return database.transaction("publishing", connection -> {
            Aggregates.lock(connection, session.classId());
            int students = 0;
            int evidence = 0;
            for (PupilScores pupil : scores) {
                if (!isDeleted(connection, session, pupil.studentId())) {
                    student(connection, session, pupil.studentId(), roster);
                    UUID assessment = assessment(connection, session, pupil);
                    evidence += evidence(connection, session, assessment, pupil);
                    students++;
                }
            }
            Aggregates.recompute(connection, session.classId(), List.of(session.date()));
            return new Published(students, evidence);
        });
    }

    private static boolean isDeleted(Connection connection, Session session, String studentId) throws SQLException {
        try (PreparedStatement deleted = connection.prepareStatement(DELETED)) {
            deleted.setString(1, studentId);
            deleted.setTimestamp(2, Timestamp.from(session.createdAt()));
            try (ResultSet row = deleted.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void student(Connection connection, Session session, String studentId, Roster roster)
            throws SQLException {
        @Nullable Pupil known = roster.pupil(studentId).orElse(null);
        try (PreparedStatement student = connection.prepareStatement(STUDENT)) {
            student.setObject(1, UUID.fromString(studentId));
            student.setString(2, session.classId());
            student.setString(3, known == null ? "" : known.name());
            student.setString(4, known == null ? null : known.externalRef());
            student.executeUpdate();
        }
    }

    private static UUID assessment(Connection connection, Session session, PupilScores pupil) throws SQLException {
        UUID id = NameBasedId.of(
                "assessment:" + session.jobId() + ":" + pupil.studentId() + ":" + session.modelVersion());
        try (PreparedStatement assessment = connection.prepareStatement(ASSESSMENT)) {
            assessment.setObject(1, id);
            assessment.setString(2, session.jobId());
            assessment.setString(3, session.artifactId());
            assessment.setObject(4, UUID.fromString(pupil.studentId()));
            assessment.setString(5, session.classId());
            assessment.setDate(6, Date.valueOf(session.date()));
            assessment.setString(7, session.modelVersion());
            assessment.setTimestamp(8, Timestamp.from(session.createdAt()));
            assessment.setInt(9, pupil.utteranceCount());
            assessment.setInt(10, pupil.wordsSpoken());
            int column = 11;
            for (Skill skill : Skill.values()) {
                SkillScore score = pupil.skills().get(skill);
                decimal(assessment, column, score == null ? null : tenths(score.score()));
                decimal(assessment, column + Skill.values().length, score == null ? null : score.confidence());
                column++;
            }
            assessment.executeUpdate();
        }
        return id;
    }

    private static void decimal(PreparedStatement statement, int column, @Nullable BigDecimal value)
            throws SQLException {
        if (value == null) {
            statement.setNull(column, Types.NUMERIC);
        } else {
            statement.setBigDecimal(column, value);
        }
    }

    /** 0 to 10 with one decimal, as scores are stored; null where there is none. */
    public static @Nullable BigDecimal tenths(@Nullable BigDecimal score) {
        return score == null ? null : score.movePointRight(1).setScale(1, RoundingMode.HALF_EVEN);
    }

    private static int evidence(Connection connection, Session session, UUID assessment, PupilScores pupil)
            throws SQLException {
        int count = 0;
        try (PreparedStatement row = connection.prepareStatement(EVIDENCE)) {
            for (Skill skill : Skill.values()) {
                SkillScore score = pupil.skills().get(skill);
                List<Evidence> quotes = score == null ? List.of() : score.evidence();
                for (Evidence quote : quotes) {
                    row.setObject(1, NameBasedId.of("evidence:" + assessment + ":" + skill.code() + ":" + count++));
                    row.setObject(2, assessment);
                    row.setString(3, skill.code());
                    row.setString(4, quote.quote());
                    row.setString(5, quote.location());
                    row.setInt(6, quote.lineNumber());
                    row.setInt(7, quote.startOffset());
                    row.setInt(8, quote.endOffset());
                    row.setString(9, quote.context());
                    row.setString(10, quote.rationale());
                    row.setBigDecimal(11, quote.scoreContribution());
                    row.setBigDecimal(12, quote.confidence());
                    row.setTimestamp(13, Timestamp.from(session.createdAt()));
                    row.addBatch();
                }
            }
            row.executeBatch();
        }
        return count;
    }
}
