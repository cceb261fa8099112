package io.trustpipeline.transcripts.score;

import io.trustpipeline.transcripts.read.Utterance;

import java.util.List;
import java.util.Map;

/**
 * Scores what one pupil said. Nothing leaves the process: no implementation that comes with the program calls anybody.
 * Safe for use by many threads.
 */
public interface SkillScorer extends AutoCloseable {
    /** Names this scorer and all that decides its results, such as {@code cues-1.0.0+ab12cd34}. */
    String modelVersion();

    /** How it works, such as {@code cues} or {@code spancat}. */
    String analysisMode();

    /**
     * Scores every skill.
     *
     * @param lines of one pupil, in the order of the transcript
     * @return an entry a skill
     * @throws RuntimeException when it cannot: then the job fails, and no neutral score stands in
     */
    Map<Skill, SkillScore> score(List<Utterance> lines);

    @Override
    default void close() {}
}
