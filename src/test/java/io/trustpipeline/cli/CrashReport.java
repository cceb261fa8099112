package io.trustpipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a crash matrix found, as the table of {@code docs/reliability.md}.
 *
 * @param circumstances when, where and with which seed
 */
record CrashReport(
        List<CrashSubject.Pipeline> pipelines, List<CrashTrial.Outcome> outcomes, long seconds, String circumstances) {
    private static final String BEGIN = "<!-- crash matrix: written by CrashMatrixTest -->\n";
    private static final String END = "<!-- end of crash matrix -->";

    long kills() {
        return struck().count();
    }

    /** One line for each trial that did not end like the uninterrupted run. */
    List<String> differences() {
        return outcomes.stream()
                .filter(outcome -> outcome.difference() != null)
                .map(outcome -> outcome.trial().pipeline().name() + ", killed "
                        + outcome.trial().kind() + " " + outcome.trial().kills() + ": " + outcome.difference())
                .toList();
    }

    String table() {
        StringBuilder table = new StringBuilder();
        table.append("%d kills in %d trials, %d kill points, %d differences, %d minutes %02d seconds; %s.%n%n"
                .formatted(
                        kills(),
                        outcomes.size(),
                        pipelines.stream()
                                .mapToInt(pipeline -> pipeline.killPoints().size())
                                .sum(),
                        differences().size(),
                        seconds / 60,
                        seconds % 60,
                        circumstances));
        table.append("| pipeline | killed | kills | trials whose last process came to its end | differences |\n");
        table.append("|---|---|---|---|---|\n");
        for (CrashSubject.Pipeline pipeline : pipelines) {
            for (String place : places(pipeline)) {
                table.append("| %s | %s | %d | %d | %d |%n"
                        .formatted(
                                pipeline.name(),
                                place.equals(Kill.After.PLACE) ? place : "`" + place + "`",
                                outcomes(pipeline)
                                        .flatMap(outcome -> outcome.struck().stream())
                                        .filter(place::equals)
                                        .count(),
                                outcomes(pipeline)
                                        .filter(outcome -> outcome.struck().contains(place))
                                        .count(),
                                outcomes(pipeline)
                                        .filter(outcome -> outcome.struck().contains(place))
                                        .map(CrashTrial.Outcome::difference)
                                        .filter(Objects::nonNull)
                                        .count()));
            }
        }
        return table.toString();
    }

    /** Replaces the table of a document. */
    void write(Path document) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        Files.writeString(document, text.substring(0, begin) + table() + text.substring(end));
    }

    private static List<String> places(CrashSubject.Pipeline pipeline) {
        return Stream.concat(pipeline.killPoints().stream(), Stream.of(Kill.After.PLACE))
                .toList();
    }

    private Stream<CrashTrial.Outcome> outcomes(CrashSubject.Pipeline pipeline) {
        return outcomes.stream().filter(outcome -> outcome.trial().pipeline().equals(pipeline));
    }

    private Stream<String> struck() {
        return outcomes.stream().flatMap(outcome -> outcome.struck().stream());
    }
}
