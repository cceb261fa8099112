package io.trustpipeline.transcripts.jobs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.run.PipelineException;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The messages between the steps, as others who read the queues know them. */
class MessagesTest {
    private static final Job JOB = job();

    @Test
    void a_message_of_a_pupil_names_the_lines_and_what_the_transcript_was() throws Exception {
        String message = JobJson.text(ScoreMessage.of(JOB, "p-2"));
        assertThat(new JsonMapper().readTree(message)).isEqualTo(new JsonMapper().readTree("""
                {"job_id": "j-1", "student_id": "p-2", "class_id": "7b", "date": "2026-03-02", "line_count": 18,
                 "normalized_key": "transcripts/normalized/7b/2026-03-02/j-1.jsonl",
                 "metadata": {"format": "vtt", "total_lines": 18, "student_count": 2, "student_ids": ["p-1", "p-2"]},
                 "analysis_mode": "cues", "model_version": "cues-1"}"""));
        assertThat(JobJson.message(message, ScoreMessage.class)).isEqualTo(ScoreMessage.of(JOB, "p-2"));
    }

    @Test
    void a_message_of_a_job_names_its_scores() throws Exception {
        String message = JobJson.text(AggregateMessage.of(JOB));
        assertThat(new JsonMapper().readTree(message)).isEqualTo(new JsonMapper().readTree("""
                {"job_id": "j-1", "class_id": "7b", "date": "2026-03-02", "student_count": 2,
                 "scores_key": "transcripts/scores/7b/2026-03-02/j-1.json", "analysis_mode": "cues",
                 "model_version": "cues-1"}"""));
        assertThat(JobJson.message(message, AggregateMessage.class)).isEqualTo(AggregateMessage.of(JOB));
    }

    @Test
    void a_message_that_is_none_is_refused_without_a_word_of_it() {
        for (String wrong : List.of("", "null", "[]", "{}", "secret words", "{\"job_id\": \"secret words\"}")) {
            assertThatExceptionOfType(PipelineException.class)
                    .isThrownBy(() -> JobJson.message(wrong, ScoreMessage.class))
                    .withMessage("a message is no ScoreMessage");
        }
    }

    private static Job job() {
        JobRequest request = new JobRequest(
                "j-1",
                "a-1",
                "transcripts/raw/dev/7b/2026-03-02/transcripts/a-1_lesson.vtt",
                "lesson.vtt",
                "7b",
                LocalDate.of(2026, 3, 2),
                new JsonMapper().createArrayNode().add("Ana"),
                "recorder",
                "eva",
                "cues",
                "cues-1");
        return new Job(
                request,
                JobState.SCORING,
                List.of("p-1", "p-2"),
                List.of(),
                18,
                "",
                Instant.EPOCH,
                Instant.EPOCH,
                null);
    }
}
