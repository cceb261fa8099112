package io.trustpipeline.transcripts.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which labels of a model speak for which skills: {@code skills.json} in the model's folder, such as {@code {"CARE":
 * "empathy"}}. Labels that are skills' names need no entry.
 */
record SkillLabels(Map<String, Skill> byLabel) {
    private static final String FILE = "skills.json";

    static SkillLabels of(Path model) {
        Map<String, Skill> byLabel = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Skill skill : Skill.values()) {
            byLabel.put(skill.code(), skill);
        }
        Path file = model.resolve(FILE);
        if (Files.exists(file)) {
            Iterator<Map.Entry<String, JsonNode>> entries = tree(file).fields();
            while (entries.hasNext()) {
                Map.Entry<String, JsonNode> entry = entries.next();
                String code = entry.getValue().asText();
                byLabel.put(
                        entry.getKey(),
                        Skill.of(code)
                                .orElseThrow(() -> new PipelineException(
                                        ExitCode.CONFIGURATION, file + ": " + entry.getKey() + " names no skill")));
            }
        }
        return new SkillLabels(byLabel);
    }

    private static JsonNode tree(Path file) {
        try {
            return new JsonMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION, file + ": not a JSON object such as {\"LABEL\": \"empathy\"}", e);
        }
    }
}
