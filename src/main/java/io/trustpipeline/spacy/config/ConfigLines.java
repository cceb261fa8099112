package io.trustpipeline.spacy.config;

import io.trustpipeline.spacy.ModelException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Splits a {@code config.cfg} into sections and keys, by the rules of Python's {@code configparser}. */
final class ConfigLines {
    private final String source;
    private final Map<String, Map<String, Config.Line>> sections = new LinkedHashMap<>();
    private Map<String, Config.Line> section = Map.of();
    private String key = "";

    private ConfigLines(String source) {
        this.source = source;
    }

    static Map<String, Map<String, Config.Line>> parse(List<String> lines, String source) {
        ConfigLines parser = new ConfigLines(source);
        for (int number = 1; number <= lines.size(); number++) {
            parser.line(number, lines.get(number - 1));
        }
        return parser.sections;
    }

    private void line(int number, String line) {
        String content = line.strip();
        if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
            return;
        }
        Config.Line open = section.get(key);
        if (Character.isWhitespace(line.charAt(0)) && open != null) {
            section.put(key, new Config.Line(open.number(), open.raw() + "\n" + content));
        } else if (content.startsWith("[") && content.endsWith("]")) {
            section =
                    sections.computeIfAbsent(content.substring(1, content.length() - 1), name -> new LinkedHashMap<>());
            key = "";
        } else {
            int equals = content.indexOf('=');
            if (equals < 1 || sections.isEmpty()) {
                throw ModelException.corrupt(
                        source + ":" + number, "'" + content + "' is neither [section] nor key = value");
            }
            key = content.substring(0, equals).strip();
            section.put(
                    key, new Config.Line(number, content.substring(equals + 1).strip()));
        }
    }
}
