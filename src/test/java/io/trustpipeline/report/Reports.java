package io.trustpipeline.report;

import io.trustpipeline.report.RunReport.Command;
import io.trustpipeline.report.RunReport.Earlier;
import io.trustpipeline.report.RunReport.Example;
import io.trustpipeline.report.RunReport.Identity;
import io.trustpipeline.report.RunReport.LabelFacts;
import io.trustpipeline.report.RunReport.LengthClass;
import io.trustpipeline.report.RunReport.Rejection;
import io.trustpipeline.report.RunReport.SentenceSpan;
import io.trustpipeline.report.RunReport.TextLengths;
import io.trustpipeline.report.RunReport.ThemeFacts;
import io.trustpipeline.run.RowCounts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A report with something in every place. */
final class Reports {
    private Reports() {}

    /** @param word stands wherever text comes from outside: models, comments, requests; it has no space */
    static RunReport of(String word) {
        int length = word.codePointCount(0, word.length());
        ThemeFacts theme = new ThemeFacts(
                word,
                word,
                Map.of("*", 0.5f, word, 0.25f),
                1_000,
                12,
                11,
                12.0,
                8.0,
                List.of(new LabelFacts(word, 0.25f, 12, 12.0, 0.0)),
                Collections.nCopies(20, 3L));
        Example example = new Example(
                word,
                word,
                word,
                0.75f,
                0.5,
                "The " + word + " listened.",
                List.of(
                        new SentenceSpan(word, word, 0.75f, 4, 4 + length),
                        new SentenceSpan("other", word, 0.6f, 4, 13 + length)));
        return new RunReport(
                RunReport.SCHEMA_VERSION,
                new Identity(
                        "trust",
                        "manual-001",
                        LocalDate.of(2025, 9, 26),
                        7168,
                        word,
                        word,
                        word,
                        word,
                        Instant.parse("2025-09-26T10:00:00Z"),
                        Instant.parse("2025-09-26T10:05:00.5Z"),
                        2,
                        word,
                        word),
                new RowCounts(10, 4, 3, 2, 1),
                Map.of(word, 3L),
                new Earlier(word, LocalDate.of(2025, 9, 25), 9),
                List.of(theme),
                new TextLengths(List.of(new LengthClass(0, 1, 2L), new LengthClass(1, 9, 8L)), 0.07),
                List.of(example),
                List.of(new Rejection(word, word, 2)),
                null,
                List.of(new Command(word, word)));
    }
}
