package io.trustpipeline.cli;

import picocli.CommandLine.Option;

/** How a command tells what it is at. */
final class ProgressOption {
    /** For whom. */
    enum Style {
        AUTO,
        PLAIN,
        JSON
    }

    @Option(
            names = "--progress",
            paramLabel = "auto|plain|json",
            defaultValue = "auto",
            description = "a bar on a terminal and lines elsewhere, lines everywhere, or a JSON object a line;"
                    + " ${DEFAULT-VALUE} if left out")
    private Style style = Style.AUTO;

    Console console() {
        Console standard = Console.standard();
        return switch (style) {
            case AUTO -> standard;
            case PLAIN -> new Console(standard.out(), false);
            case JSON -> new Console(standard.out(), false, true);
        };
    }
}
