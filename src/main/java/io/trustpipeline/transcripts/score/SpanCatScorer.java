package io.trustpipeline.transcripts.score;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.spacy.Span;
import io.trustpipeline.spacy.SpanGroup;
import io.trustpipeline.spacy.SpanGroups;
import io.trustpipeline.spacy.djl.SpacyEngine;
import io.trustpipeline.spacy.djl.SpacyTranslatorFactory;
import io.trustpipeline.transcripts.read.Utterance;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Scores by the spans of a SpanCat model. A skill has the mean of its spans' scores, and confidence min(mean +
 * min(0.1 n, 0.2), 1) of n spans; every span is evidence, the best are kept.
 */
public final class SpanCatScorer implements SkillScorer {
    private static final int EVIDENCE_KEPT = 5;

    private final ZooModel<String, SpanGroups> model;
    private final SkillLabels labels;
    private final String version;

    private SpanCatScorer(ZooModel<String, SpanGroups> model, SkillLabels labels, String version) {
        this.model = model;
        this.labels = labels;
        this.version = version;
    }

    /** What the model found: the utterance, and where. */
    private record Found(Utterance line, Span span) {}

    /**
     * Loads a model as spaCy saves it.
     *
     * @param digest names its weights and settings
     * @throws PipelineException CONFIGURATION when there is no such model
     */
    public static SpanCatScorer load(Path folder, String digest) {
        SkillLabels labels = SkillLabels.of(folder);
        try {
            ZooModel<String, SpanGroups> model = Criteria.builder()
                    .setTypes(String.class, SpanGroups.class)
                    .optModelPath(folder)
                    .optEngine(SpacyEngine.NAME)
                    .optTranslatorFactory(new SpacyTranslatorFactory())
                    .build()
                    .loadModel();
            return new SpanCatScorer(model, labels, "spancat-" + digest);
        } catch (IOException | ModelNotFoundException | MalformedModelException e) {
            throw new PipelineException(ExitCode.CONFIGURATION, folder + ": no model that can be loaded", e);
        }
    }

    @Override
    public String modelVersion() {
        return version;
    }

    @Override
    public String analysisMode() {
        return "spancat";
    }

    @Override
    public Map<Skill, SkillScore> score(List<Utterance> lines) {
        Map<Skill, List<Found>> bySkill = new EnumMap<>(Skill.class);
        try (Predictor<String, SpanGroups> predictor = model.newPredictor()) {
            for (Utterance line : lines) {
                for (SpanGroup group : predictor.predict(line.text()).groups()) {
                    for (Span span : group.spans()) {
                        Skill skill = labels.byLabel().get(span.label());
                        if (skill != null) {
                            bySkill.computeIfAbsent(skill, none -> new ArrayList<>())
                                    .add(new Found(line, span));
                        }
                    }
                }
            }
        } catch (TranslateException e) {
            throw new PipelineException(ExitCode.DATA_REFUSED, "the model could not score a line", e);
        }
        Map<Skill, SkillScore> scores = new EnumMap<>(Skill.class);
        bySkill.forEach((skill, found) -> scores.put(skill, summedUp(found)));
        return scores;
    }

    private static SkillScore summedUp(List<Found> found) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Found one : found) {
            sum = sum.add(decimal(one.span().score()));
        }
        BigDecimal mean = sum.divide(BigDecimal.valueOf(found.size()), 3, RoundingMode.HALF_EVEN);
        BigDecimal confidence =
                mean.add(BigDecimal.valueOf(Math.min(found.size(), 2), 1)).min(BigDecimal.ONE.setScale(3));
        List<Evidence> evidence = found.stream()
                .sorted(Comparator.comparing((Found one) -> -one.span().score()))
                .limit(EVIDENCE_KEPT)
                .map(SpanCatScorer::evidence)
                .toList();
        return new SkillScore(mean, confidence, found.size(), evidence);
    }

    private static Evidence evidence(Found found) {
        String text = found.line().text();
        BigDecimal score = decimal(found.span().score());
        return QuotedText.of(
                found.line(),
                text.offsetByCodePoints(0, found.span().startChar()),
                text.offsetByCodePoints(0, found.span().endChar()),
                "span of label " + found.span().label(),
                score,
                score);
    }

    private static BigDecimal decimal(float score) {
        return BigDecimal.valueOf(score).setScale(3, RoundingMode.HALF_EVEN);
    }

    @Override
    public void close() {
        model.close();
    }
}
