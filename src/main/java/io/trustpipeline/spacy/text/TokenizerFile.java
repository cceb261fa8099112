package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.Msgpack;
import io.trustpipeline.spacy.config.MsgpackValue;
import io.trustpipeline.spacy.config.MsgpackValue.Bool;
import io.trustpipeline.spacy.config.MsgpackValue.Fields;
import io.trustpipeline.spacy.config.MsgpackValue.Items;
import io.trustpipeline.spacy.config.MsgpackValue.Text;
import io.trustpipeline.spacy.regex.PythonPattern;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a {@code tokenizer} file holds (spaCy's {@code Tokenizer.to_bytes}).
 *
 * @param source the file, for errors
 * @param specialCases what each exception is split into
 * @param fasterHeuristics whether only exceptions that affixes could break up are looked for across chunks
 */
record TokenizerFile(
        String source,
        @Nullable PythonPattern prefix,
        @Nullable PythonPattern suffix,
        @Nullable PythonPattern infix,
        @Nullable PythonPattern tokenMatch,
        @Nullable PythonPattern urlMatch,
        Map<String, List<Part>> specialCases,
        boolean fasterHeuristics) {
    private static final String ORTH = "ORTH";
    private static final String NORM = "NORM";
    private static final Map<String, String> ATTRIBUTES = Map.of("65", ORTH, "67", NORM);

    /** One token of an exception; without a normal form of its own it has the word's. */
    record Part(String orth, @Nullable String norm) {}

    static TokenizerFile read(Path file) {
        String source = file.toString();
        if (!(Msgpack.read(file) instanceof Fields fields)) {
            throw ModelException.corrupt(source, "should hold a msgpack map");
        }
        return new TokenizerFile(
                source,
                pattern(fields, "prefix_search"),
                pattern(fields, "suffix_search"),
                pattern(fields, "infix_finditer"),
                pattern(fields, "token_match"),
                pattern(fields, "url_match"),
                specialCases(fields),
                !(fields.find("faster_heuristics") instanceof Bool faster) || faster.value());
    }

    private static @Nullable PythonPattern pattern(Fields fields, String key) {
        return fields.find(key) instanceof Text text
                ? PythonPattern.compile(text.value(), fields.source() + " " + key)
                : null;
    }

    private static Map<String, List<Part>> specialCases(Fields fields) {
        Map<String, List<Part>> cases = new LinkedHashMap<>();
        if (fields.find("exceptions") instanceof Fields exceptions) {
            exceptions.values().forEach((text, parts) -> cases.put(text, parts(text, parts, fields.source())));
        }
        return cases;
    }

    private static List<Part> parts(String text, MsgpackValue value, String source) {
        String where = source + " exception '" + text + "'";
        if (!(value instanceof Items items)) {
            throw ModelException.corrupt(where, "should be a list of tokens");
        }
        List<Part> parts = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        for (int index = 0; index < items.size(); index++) {
            Part part = part(items.fields(index), where);
            parts.add(part);
            joined.append(part.orth());
        }
        if (text.isEmpty() || !joined.toString().equals(text)) {
            throw ModelException.corrupt(where, "its tokens make '" + joined + "'");
        }
        return parts;
    }

    private static Part part(Fields token, String where) {
        String orth = "";
        String norm = null;
        for (Map.Entry<String, MsgpackValue> entry : token.values().entrySet()) {
            String attribute =
                    ATTRIBUTES.getOrDefault(entry.getKey(), entry.getKey().toUpperCase(Locale.ROOT));
            if (!(entry.getValue() instanceof Text text)) {
                throw ModelException.corrupt(where, attribute + " should be text");
            }
            switch (attribute) {
                case ORTH -> orth = text.value();
                case NORM -> norm = text.value().isEmpty() ? null : text.value();
                default -> throw ModelException.unsupported(where, "sets the attribute " + attribute);
            }
        }
        if (orth.isEmpty()) {
            throw ModelException.corrupt(where, "has a token without ORTH");
        }
        return new Part(orth, norm);
    }
}
