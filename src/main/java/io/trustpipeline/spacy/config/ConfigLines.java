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
    private int keyLine;
    private final StringBuilder value = new StringBuilder();

    private ConfigLines(String source) {
        this.source = source;
    }

    static Map<String, Map<String, Config.Line>> parse(List<String> lines, String source) {
        ConfigLines parser = new ConfigLines(source);
        for (int number = 1; number <= lines.size(); number++) {
            parser.line(number, lines.get(number - 1));
        }
        parser.endValue();
        return parser.sections;
    }

    private void line(int number, String line) {
        String content = line.strip();
        if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
            return;
        }
        if (Character.isWhitespace(line.charAt(0)) && !key.isEmpty()) {
            value.append('\n').append(content);
            return;
        }
        endValue();
        if (content.startsWith("[") && content.endsWith("]")) {
            section =
                    sections.computeIfAbsent(content.substring(1, content.length() - 1), name -> new LinkedHashMap<>());
            return;
        }
        int equals = content.indexOf('=');
        if (equals < 1 || sections.isEmpty()) {
            throw ModelException.corrupt(
                    source + ":" + number, "'" + content + "' is neither [section] nor key = value");
        }
        key = content.substring(0, equals).strip();
        keyLine = number;
        value.append(content.substring(equals + 1).strip());
    }

    private void endValue() {
        if (!key.isEmpty()) {
            section.put(key, new Config.Line(keyLine, value.toString()));
        }
        key = "";
        value.setLength(0);
    }
}
