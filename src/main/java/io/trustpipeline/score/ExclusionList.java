package io.trustpipeline.score;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Span texts that are never worth a row. A span is excluded when the whole of its text, in lower case, is an entry; an
 * entry is a line of the file, stripped and in lower case.
 *
 * @param entries in order
 */
public record ExclusionList(List<String> entries, Set<String> lookup) {
    static final ExclusionList EMPTY = of(List.of());

    static ExclusionList of(List<String> lines) {
        TreeSet<String> entries = lines.stream()
                .map(line -> PythonText.lower(PythonText.strip(line)))
                .filter(entry -> !entry.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        return new ExclusionList(List.copyOf(entries), Set.copyOf(entries));
    }

    /** Reads UTF-8 with any line ends; a byte order mark is not part of the first entry. */
    static ExclusionList read(Path file, Consumer<String> problems) {
        if (!Files.exists(file)) {
            return EMPTY;
        }
        try {
            String content = Files.readString(file, StandardCharsets.UTF_8);
            String text = content.startsWith("\uFEFF") ? content.substring(1) : content;
            return of(Arrays.asList(text.split("\r\n|\r|\n")));
        } catch (CharacterCodingException e) {
            problems.accept(file + ": not UTF-8; save the list as UTF-8 text, one entry a line");
        } catch (IOException e) {
            problems.accept(file + ": cannot be read: " + e);
        }
        return EMPTY;
    }

    boolean excludes(String spanText) {
        return !lookup.isEmpty() && lookup.contains(PythonText.lower(spanText));
    }
}
