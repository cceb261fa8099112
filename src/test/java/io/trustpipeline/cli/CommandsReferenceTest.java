package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.run.ExitCode;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/commands.md} is what the program says of itself; {@code -Dwrite.reference=true} writes it anew. */
class CommandsReferenceTest {
    private static final Path PAGE = SmallData.PROJECT.resolve("docs/commands.md");

    private final StringBuilder page = new StringBuilder();

    @Test
    void the_page_is_what_the_program_says() throws IOException {
        page.append("# Commands, request fields, exit codes\n\n");
        page.append("Written by `CommandsReferenceTest` from the program itself: do not edit.\n\n## Commands\n");
        commands(new CommandLine(TrustPipeline.class), "");
        page.append("\n## Request fields\n");
        for (String pipeline : List.of("trust", "chunked-etl", "features")) {
            fields(pipeline);
        }
        page.append("\n## Exit codes\n\n| code | name |\n|---|---|\n");
        for (ExitCode code : ExitCode.values()) {
            page.append("| %d | `%s` |\n".formatted(code.status(), code));
        }
        if (Boolean.getBoolean("write.reference")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("-Dwrite.reference=true writes docs/commands.md")
                .isEqualTo(page.toString());
    }

    private void commands(CommandLine command, String above) {
        Set<CommandLine> subcommands =
                new LinkedHashSet<>(command.getSubcommands().values());
        CommandSpec spec = command.getCommandSpec();
        String name = (above + " " + spec.name()).strip();
        if (!above.isEmpty() && !spec.name().equals("help")) {
            describe(spec, name.substring("trust-pipeline ".length()));
        }
        subcommands.forEach(each -> commands(each, name));
    }

    private void describe(CommandSpec spec, String name) {
        page.append("\n### `").append(name).append("`\n\n");
        page.append(text(spec.usageMessage().description())).append("\n");
        List<PositionalParamSpec> parameters = spec.positionalParameters();
        List<OptionSpec> options = spec.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp() && !option.hidden())
                .toList();
        if (parameters.isEmpty() && options.isEmpty()) {
            return;
        }
        page.append("\n| option | meaning |\n|---|---|\n");
        parameters.forEach(each -> line(each, each.paramLabel()));
        options.forEach(each ->
                line(each, String.join(", ", each.names()) + (each.arity().max() > 0 ? " " + each.paramLabel() : "")));
    }

    private void line(ArgSpec argument, String name) {
        page.append("| `%s` | %s%s |\n"
                .formatted(
                        name.replace("|", "\\|"),
                        text(argument.description()).replace("|", "\\|"),
                        argument.required() ? " (required)" : ""));
    }

    private static String text(String[] description) {
        return Ansi.OFF.string(String.join(" ", description)).strip();
    }

    private void fields(String pipeline) throws IOException {
        JsonNode schema = new JsonMapper()
                .readTree(SmallData.PROJECT
                        .resolve("src/main/resources/schemas/" + pipeline + "-request.schema.json")
                        .toFile());
        page.append("\n### `%s`\n\n| field | meaning |\n|---|---|\n".formatted(pipeline));
        schema.path("properties")
                .properties()
                .forEach(field -> page.append("| `%s` | %s |\n"
                        .formatted(
                                field.getKey(),
                                field.getValue().path("description").asText().replace("|", "\\|"))));
    }
}
