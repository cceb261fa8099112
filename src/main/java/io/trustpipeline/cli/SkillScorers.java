package io.trustpipeline.cli;

import io.trustpipeline.config.TranscriptSettings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.score.ModelDigest;
import io.trustpipeline.transcripts.score.CueLists;
import io.trustpipeline.transcripts.score.CueScorer;
import io.trustpipeline.transcripts.score.SkillScorer;
import io.trustpipeline.transcripts.score.SpanCatScorer;

import java.io.IOException;
import java.nio.file.Path;

/** The scorer that the settings name: a SpanCat model, or cue lists. */
final class SkillScorers {
    private static final int DIGEST_SHOWN = 12;

    private SkillScorers() {}

    static SkillScorer of(TranscriptSettings settings) {
        if (settings.model().isPresent()) {
            Path folder = settings.model().get();
            try {
                return SpanCatScorer.load(folder, ModelDigest.ofPipeline(folder).substring(0, DIGEST_SHOWN));
            } catch (IOException e) {
                throw new PipelineException(ExitCode.CONFIGURATION, folder + ": no model folder that can be read", e);
            }
        }
        return new CueScorer(settings.cues().map(CueLists::read).orElseGet(CueLists::own));
    }
}
