package io.trustpipeline.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.score.GoldenScores.Golden;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads golden scores: {@code {"made_by": "spaCy 3.8.18", "texts": […], "scores": {DIGEST: [[[start, end, label, score],
 * …], …]}}}, for each model a list a text.
 */
final class GoldenFile {
    /** Beside models.json. */
    static final String NAME = "certificate.json";

    private static final int MAX_TEXTS = 1_000;

    private final Path file;

    private GoldenFile(Path file) {
        this.file = file;
    }

    /** @throws PipelineException CONFIGURATION with everything that is wrong with the file */
    static GoldenScores read(Path file) {
        List<String> problems = new ArrayList<>();
        ObjectNode root = JsonFile.read(file, problems::add);
        if (root == null || !problems.isEmpty()) {
            throw new PipelineException(ExitCode.CONFIGURATION, String.join("\n", problems));
        }
        return new GoldenFile(file).scores(root);
    }

    private GoldenScores scores(ObjectNode root) {
        JsonNode madeBy = root.path("made_by");
        require(madeBy.isTextual(), "made_by must be a text such as \"spaCy 3.8.18\"");
        JsonNode given = root.path("texts");
        require(
                given.isArray() && !given.isEmpty() && given.size() <= MAX_TEXTS,
                "texts must be a list of 1 to " + MAX_TEXTS + " texts");
        List<String> texts = new ArrayList<>();
        for (JsonNode text : given) {
            require(text.isTextual(), "text " + texts.size() + " is none");
            texts.add(text.textValue());
        }
        require(root.path("scores").isObject(), "scores must be an object of lists by model digest");
        Map<String, List<List<Golden>>> byModel = new LinkedHashMap<>();
        root.path("scores").properties().forEach(model -> {
            require(
                    model.getValue().isArray() && model.getValue().size() == texts.size(),
                    "model " + JsonFile.quoted(model.getKey()) + " must have a list for each of the " + texts.size()
                            + " texts");
            List<List<Golden>> lists = new ArrayList<>();
            model.getValue().forEach(list -> lists.add(list(model.getKey(), lists.size(), list)));
            byModel.put(model.getKey(), lists);
        });
        return new GoldenScores(madeBy.textValue(), texts, byModel);
    }

    private List<Golden> list(String model, int text, JsonNode list) {
        List<Golden> golden = new ArrayList<>();
        for (JsonNode score : list) {
            require(
                    score.size() == 4
                            && score.path(0).canConvertToInt()
                            && score.path(1).canConvertToInt()
                            && score.path(2).isTextual()
                            && score.path(3).isNumber(),
                    "model %s, text %d, score %d: must be [start, end, label, score]"
                            .formatted(JsonFile.quoted(model), text, golden.size()));
            golden.add(new Golden(
                    score.get(0).intValue(),
                    score.get(1).intValue(),
                    score.get(2).textValue(),
                    score.get(3).floatValue()));
        }
        return golden;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new PipelineException(ExitCode.CONFIGURATION, file + ": " + otherwise);
        }
    }
}
