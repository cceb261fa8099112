package io.trustpipeline.transcripts.score;

import io.trustpipeline.transcripts.read.Format;
import io.trustpipeline.transcripts.read.Roster;
import io.trustpipeline.transcripts.read.RosterFile;
import io.trustpipeline.transcripts.read.Transcript;
import io.trustpipeline.transcripts.read.Utterance;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The formulas to three decimals, with the lists that come with the program. */
class CueScorerTest {
    private static final String PUPIL = "3f6a0b52-77c5-4c6e-9d53-0d9a3c5f1a01";
    private final CueScorer scorer = new CueScorer(CueLists.own());

    @ParameterizedTest
    @CsvSource({
        // Cues in a sentence, its score as a pupil's, its confidence.
        "1, 715, 0.700",
        "2, 880, 0.800",
        "3, 1000, 0.900",
        "4, 1000, 0.950",
        "40, 1000, 0.950",
    })
    void a_sentence_grows_with_its_cues(int cues, int thousandths, String confidence) {
        assertThat(CueScorer.sentenceScore(cues)).isEqualTo(thousandths);
        assertThat(CueScorer.sentenceConfidence(cues)).hasToString(confidence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // (0.715 + 0.88) / 2 × 1.04 = 0.8294
                "I feel fine. I care and I am sorry.|0.829|0.800|2",
                // 0.715 × 1.02 = 0.7293
                "I care.|0.729|0.750|1",
                // (3 × 0.715) / 3 × 1.06 = 0.7579
                "I care. I care! I care?|0.758|0.850|3",
                // phrase and keyword: 0.88 × 1.02 = 0.8976
                "How do you feel about it|0.898|0.750|1",
                // a phrase counts once, keywords as often as they stand there: "feel" twice and the phrase, 1 × 1.02,
                // at most 1
                "How do you feel, how do you feel|1.000|0.750|1",
            })
    void worked_examples(String text, String score, String confidence, int sentences) {
        SkillScore empathy = score(text);
        assertThat(empathy.score()).hasToString(score);
        assertThat(empathy.confidence()).hasToString(confidence);
        assertThat(empathy.demonstrationCount()).isEqualTo(sentences);
    }

    @Test
    void many_sentences_reach_one_and_not_more() {
        SkillScore empathy = score("I care. ".repeat(30));
        assertThat(empathy.score()).hasToString("1.000");
        assertThat(empathy.confidence()).hasToString("0.950");
        assertThat(empathy.evidence()).hasSize(5);
    }

    @Test
    void no_evidence_is_no_score() {
        SkillScore empathy =
                score("The bridge has ten sheets, carefully folded. See http://example.com/care at 10:00.");
        assertThat(empathy.score()).isNull();
        assertThat(empathy.confidence()).isZero();
        assertThat(empathy.evidence()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // base 0.6 + 4/50; base 0.8 + 0.2, at most 1
                "We go, together.|together|0.760",
                "we work together|work together|1.000",
                "Both  of us, yes|Both  of us|0.800",
            })
    void evidence_is_the_better_of_what_overlaps(String text, String quote, String contribution) {
        Evidence best = score(text, Skill.COLLABORATION).evidence().get(0);
        assertThat(score(text, Skill.COLLABORATION).evidence()).hasSize(1);
        assertThat(best.quote()).isEqualTo(quote);
        assertThat(best.scoreContribution()).hasToString(contribution);
        assertThat(best.location()).isEqualTo("line 7");
    }

    @Property(tries = 200)
    void every_quote_of_any_text_stands_where_it_says(@ForAll @StringLength(max = 60) String around) {
        String text = around + " together we care, " + around + " I heard you say 😀 wait.";
        List<Utterance> lines = List.of(line(3, text), line(4, text));
        PupilScores scores = new Assessor(scorer).assess(PUPIL, lines);
        assertThat(scores.droppedQuotes()).isZero();
        scores.skills().values().forEach(skill -> skill.evidence()
                .forEach(quote -> assertThat(Assessor.standsIn(lines, quote)).isTrue()));
    }

    @Test
    void a_quote_that_nobody_said_is_dropped_and_counted() {
        SkillScorer liar = new SkillScorer() {
            @Override
            public String modelVersion() {
                return "liar-1";
            }

            @Override
            public String analysisMode() {
                return "test";
            }

            @Override
            public Map<Skill, SkillScore> score(List<Utterance> lines) {
                SkillScore real = scorer.score(lines).get(Skill.EMPATHY);
                Evidence quote = real.evidence().get(0);
                Evidence moved =
                        new Evidence(quote.quote(), "line 7", 7, 0, 4, "", "", quote.confidence(), quote.confidence());
                return Map.of(
                        Skill.EMPATHY,
                        new SkillScore(real.score(), real.confidence(), 2, List.of(moved, quote)),
                        Skill.COLLABORATION,
                        new SkillScore(real.score(), real.confidence(), 1, List.of(moved)));
            }
        };
        PupilScores scores = new Assessor(liar).assess(PUPIL, List.of(line(7, "I really care")));
        assertThat(scores.droppedQuotes()).isEqualTo(2);
        assertThat(scores.skills().get(Skill.EMPATHY).evidence()).hasSize(1);
        assertThat(scores.skills().get(Skill.COLLABORATION).score())
                .as("a score that rests on nothing")
                .isNull();
        assertThat(scores.wordsSpoken()).isEqualTo(3);
    }

    @Test
    void the_demo_scores_the_same_bytes_again_whatever_the_order_of_work() {
        Path demo = Path.of(System.getProperty("project.dir", "."), "demo/transcripts");
        Roster roster = RosterFile.read(demo.resolve("roster.json"), "demo-7b");
        Transcript lesson = Transcript.read(demo.resolve("debate.vtt"), Format.VTT, roster);
        assertThat(lesson.figures().studentCount()).isEqualTo(4);
        List<String> once = all(lesson);
        assertThat(IntStream.range(0, 4).parallel().mapToObj(i -> all(lesson)).toList())
                .allMatch(once::equals);
        assertThat(once.toString()).contains("score=0.729");
    }

    private static List<String> all(Transcript lesson) {
        Assessor assessor = new Assessor(new CueScorer(CueLists.own()));
        List<String> scores = new ArrayList<>();
        lesson.figures()
                .studentIds()
                .forEach(student ->
                        scores.add(assessor.assess(student, lesson.utterances()).toString()));
        return scores;
    }

    private SkillScore score(String text) {
        return score(text, Skill.EMPATHY);
    }

    private SkillScore score(String text, Skill skill) {
        return scorer.score(List.of(line(7, text))).get(skill);
    }

    private static Utterance line(int number, String text) {
        return new Utterance(number, "Ana", text, null, PUPIL, null, null, null);
    }
}
