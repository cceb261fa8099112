package io.trustpipeline.score;

import io.trustpipeline.spacy.Categories;
import io.trustpipeline.spacy.Output;
import io.trustpipeline.spacy.SpanGroups;

import java.nio.file.Path;
import java.util.Map;

/** Readers of this room, for tests outside it. */
public final class ModelInputs {
    private ModelInputs() {}

    /** Loads a whole pipeline and scores a text with it. */
    public static void pipeline(Path folder, Path weights, Output output) {
        if (output == Output.SPANS) {
            pipeline(folder, weights, output, SpanGroups.class);
        } else {
            pipeline(folder, weights, output, Categories.class);
        }
    }

    private static <O> void pipeline(Path folder, Path weights, Output output, Class<O> type) {
        new PipelineModel<>(folder, weights, type, Map.of("output", output.optionName())).close();
    }

    /** Reads golden scores. */
    public static void certificate(Path file) {
        GoldenFile.read(file);
    }
}
