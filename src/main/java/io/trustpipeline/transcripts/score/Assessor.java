package io.trustpipeline.transcripts.score;

import io.trustpipeline.transcripts.read.Utterance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Has a pupil scored, and checks every quote against what the pupil said. Quotes that do not stand there verbatim, at
 * their line and offsets, are dropped and counted, whoever gave them. Safe for use by many threads.
 */
public final class Assessor {
    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}]+(?:['’-][\\p{L}\\p{N}]+)*");

    private final SkillScorer scorer;

    public Assessor(SkillScorer scorer) {
        this.scorer = scorer;
    }

    public SkillScorer scorer() {
        return scorer;
    }

    /** @param transcript all lines; only the pupil's own are looked at */
    public PupilScores assess(String studentId, List<Utterance> transcript) {
        List<Utterance> own = transcript.stream()
                .filter(line -> studentId.equals(line.studentId()))
                .toList();
        Map<Skill, SkillScore> verified = new HashMap<>();
        int dropped = 0;
        Map<Skill, SkillScore> scored = scorer.score(own);
        for (Skill skill : Skill.values()) {
            SkillScore score = scored.getOrDefault(skill, SkillScore.NONE);
            List<Evidence> kept = new ArrayList<>(score.evidence());
            kept.removeIf(quote -> !standsIn(own, quote));
            dropped += score.evidence().size() - kept.size();
            // A score that rests on nothing that can be looked up is none.
            boolean unfounded = kept.isEmpty() && !score.evidence().isEmpty();
            verified.put(
                    skill,
                    unfounded
                            ? SkillScore.NONE
                            : new SkillScore(score.score(), score.confidence(), score.demonstrationCount(), kept));
        }
        int words = own.stream()
                .mapToInt(line -> (int) WORDS.matcher(line.text()).results().count())
                .sum();
        return new PupilScores(studentId, verified, own.size(), words, dropped);
    }

    /** Whether a quote stands verbatim in a line, at its offsets. */
    public static boolean standsIn(List<Utterance> lines, Evidence quote) {
        return lines.stream()
                .filter(line -> line.lineNumber() == quote.lineNumber())
                .anyMatch(line -> standsIn(line.text(), quote));
    }

    private static boolean standsIn(String text, Evidence quote) {
        if (quote.startOffset() < 0
                || quote.startOffset() >= quote.endOffset()
                || quote.endOffset() > text.codePointCount(0, text.length())) {
            return false;
        }
        int start = text.offsetByCodePoints(0, quote.startOffset());
        int end = text.offsetByCodePoints(0, quote.endOffset());
        return text.substring(start, end).equals(quote.quote());
    }
}
