package io.trustpipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The errors that {@code docs/errors.md} documents for faults from outside, as patterns of what is said. */
record NamedErrors(List<Pattern> said) {
    private static final String SECTION = "## When something outside fails";
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\| (\\d+)(?:, (\\d+))? \\|.*");

    static NamedErrors documented() throws IOException {
        String text = Files.readString(SmallData.PROJECT.resolve("docs/errors.md"));
        List<Pattern> said = new ArrayList<>();
        text.substring(text.indexOf(SECTION) + SECTION.length())
                .lines()
                .takeWhile(line -> !line.startsWith("## "))
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row -> Stream.of(row.group(2), row.group(3))
                        .filter(Objects::nonNull)
                        .forEach(status -> said.add(pattern(row.group(1), status))));
        return new NamedErrors(said);
    }

    /** The dots of the document stand for anything. */
    private static Pattern pattern(String words, String status) {
        StringBuilder pattern = new StringBuilder(status + " (?:trust-pipeline: )?");
        for (String part : words.split("…", -1)) {
            pattern.append(Pattern.quote(part)).append(".*");
        }
        return Pattern.compile(pattern.toString());
    }

    /** Whether a process that ended so said something documented. */
    boolean has(ProgramProcess.Ended ended) {
        return ended.lines().stream()
                .anyMatch(line -> said.stream().anyMatch(pattern -> pattern.matcher(ended.status() + " " + line)
                        .matches()));
    }
}
