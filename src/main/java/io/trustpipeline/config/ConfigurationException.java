package io.trustpipeline.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Carries every problem found, and lists them, one a line. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigurationException(List<Problem> problems) {
        super(problems.stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n  ", "The configuration has " + count(problems.size()) + ":\n  ", "")));
        this.problems = List.copyOf(problems);
    }

    private static String count(int problems) {
        return problems == 1 ? "one problem" : problems + " problems";
    }

    public List<Problem> problems() {
        return problems;
    }
}
