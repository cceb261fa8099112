package io.trustpipeline.transcripts.score;

import io.trustpipeline.transcripts.read.Utterance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores by cues. A sentence with c cues (keywords as often as they stand there, phrases once) has
 * min(0.5 + 0.15 c, 1) × 1.1, at most 1, and confidence min(0.6 + 0.1 c, 0.95); a sentence without any says nothing. Over
 * n sentences a pupil has min(mean × (1 + 0.02 n), 1) and confidence min(0.7 + 0.05 n, 0.95).
 *
 * <p>All sums are of whole thousandths, so that no order and no machine changes a digit.
 */
public final class CueScorer implements SkillScorer {
    private static final int MOST = 1_000;
    private static final int EVIDENCE_KEPT = 5;

    private final CueLists cues;

    public CueScorer(CueLists cues) {
        this.cues = cues;
    }

    @Override
    public String modelVersion() {
        return cues.version();
    }

    @Override
    public String analysisMode() {
        return "cues";
    }

    @Override
    public Map<Skill, SkillScore> score(List<Utterance> lines) {
        Map<Skill, Tally> tallies = new EnumMap<>(Skill.class);
        for (Skill skill : Skill.values()) {
            tallies.put(skill, new Tally());
        }
        for (Utterance line : lines) {
            for (List<Word> sentence : Sentences.of(line.text())) {
                tallies.forEach((skill, tally) -> tally.add(matches(skill, line, sentence)));
            }
        }
        Map<Skill, SkillScore> scores = new EnumMap<>(Skill.class);
        tallies.forEach((skill, tally) -> scores.put(skill, tally.score()));
        return scores;
    }

    private List<CueMatch> matches(Skill skill, Utterance line, List<Word> sentence) {
        List<CueMatch> found = new ArrayList<>();
        for (int i = 0; i < sentence.size(); i++) {
            for (Cue cue : cues.beginningWith(skill, sentence.get(i).form())) {
                if (cue.matches(sentence, i)) {
                    Word last = sentence.get(i + cue.forms().size() - 1);
                    found.add(new CueMatch(cue, line, sentence.get(i).start(), last.end()));
                }
            }
        }
        return found;
    }

    /** min(0.5 + 0.15 c, 1) × 1.1, at most 1; in thousandths. */
    static int sentenceScore(int count) {
        return Math.min(Math.min(500 + 150 * count, MOST) * 11 / 10, MOST);
    }

    /** min(0.6 + 0.1 c, 0.95). */
    static BigDecimal sentenceConfidence(int count) {
        return BigDecimal.valueOf(Math.min(600 + 100 * count, 950), 3);
    }

    /** What a pupil's sentences so far say about one skill. */
    private static final class Tally {
        private final List<CueMatch> best = new ArrayList<>();
        private final List<BigDecimal> confidences = new ArrayList<>();
        private int sentences;
        private long thousandths;

        private void add(List<CueMatch> matches) {
            if (matches.isEmpty()) {
                return;
            }
            Set<String> phrases = new HashSet<>();
            int count = 0;
            for (CueMatch match : matches) {
                count += match.cue().kind() == Cue.Kind.KEYWORD
                                || phrases.add(match.cue().text())
                        ? 1
                        : 0;
            }
            sentences++;
            thousandths += sentenceScore(count);
            keep(matches, sentenceConfidence(count));
        }

        /** Of matches that overlap the better one stays; of all, the best few, the earlier before the later. */
        private void keep(List<CueMatch> matches, BigDecimal confidence) {
            for (CueMatch match : matches.stream().sorted(BETTER_FIRST).toList()) {
                if (best.stream().noneMatch(match::overlaps)) {
                    int at = 0;
                    while (at < best.size() && BETTER_FIRST.compare(best.get(at), match) <= 0) {
                        at++;
                    }
                    best.add(at, match);
                    confidences.add(at, confidence);
                }
            }
            while (best.size() > EVIDENCE_KEPT) {
                best.remove(best.size() - 1);
                confidences.remove(confidences.size() - 1);
            }
        }

        private static final Comparator<CueMatch> BETTER_FIRST = Comparator.comparingInt(
                        (CueMatch match) -> -match.contribution())
                .thenComparingInt(match -> match.start() - match.end());

        private SkillScore score() {
            if (sentences == 0) {
                return SkillScore.NONE;
            }
            BigDecimal score = BigDecimal.valueOf(thousandths)
                    .multiply(BigDecimal.valueOf(100L + 2L * sentences))
                    .divide(BigDecimal.valueOf(100_000L * sentences), 3, RoundingMode.HALF_EVEN)
                    .min(BigDecimal.ONE.setScale(3));
            BigDecimal confidence = BigDecimal.valueOf(Math.min(700 + 50L * sentences, 950), 3);
            List<Evidence> evidence = new ArrayList<>();
            for (int i = 0; i < best.size(); i++) {
                evidence.add(best.get(i).evidence(confidences.get(i)));
            }
            return new SkillScore(score, confidence, sentences, evidence);
        }
    }
}
