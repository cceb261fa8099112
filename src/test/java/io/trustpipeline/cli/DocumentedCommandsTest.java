package io.trustpipeline.cli;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every command line that a page shows is one that the program understands. */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|\\S+");

    @TestFactory
    Stream<DynamicTest> the_program_understands() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        CommandLine program = new CommandLine(TrustPipeline.class);
        program.setCaseInsensitiveEnumValuesAllowed(true);
        program.setExpandAtFiles(false);
        for (Path page : pages()) {
            for (String line : commands(Files.readString(page))) {
                tests.add(DynamicTest.dynamicTest(page.getFileName() + ": " + line, () -> understood(program, line)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests.stream();
    }

    private static void understood(CommandLine program, String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line.replaceFirst("\\s+#.*", ""));
        while (word.find()) {
            words.add(word.group().replaceAll("^[\"']|[\"']$", ""));
        }
        words.remove(0);
        // N stands for a number in usage lines, and a date, a count or a threshold is not what is looked at here.
        words.replaceAll(each -> each.equals("N") ? "1" : each);
        program.parseArgs(words.toArray(String[]::new));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(SmallData.PROJECT.resolve("docs"))) {
            return Stream.concat(Stream.of(SmallData.PROJECT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> commands(String page) {
        List<String> commands = new ArrayList<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            block.group(1)
                    .replace("\\\n", " ")
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("./trust-pipeline "))
                    .forEach(commands::add);
        }
        return commands;
    }
}
