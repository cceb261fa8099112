package io.trustpipeline.cli;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every template and every state machine of {@code cloudformation/}, as the linters see them. */
@Tag("cloud")
class CloudTemplatesTest {
    private static final Path FOLDER = SmallData.PROJECT.resolve("cloudformation");
    private static final String ASL_VALIDATOR = "asl-validator@4.0.0";

    @Test
    void cfn_lint_finds_nothing_in_the_templates() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--non-zero-exit-code", "warning", "--"));
        arguments.addAll(files(".yaml"));
        Assumptions.assumeFalse(files(".yaml").isEmpty(), "skipped: no templates");
        PythonTools.Ended ended = PythonTools.installed("linters").run("cfn-lint", arguments.toArray(String[]::new));
        assertThat(ended.status()).as(ended.text()).isZero();
    }

    @Test
    void the_policy_checker_finds_nothing_that_a_template_does_not_explain() throws Exception {
        Assumptions.assumeFalse(files(".yaml").isEmpty(), "skipped: no templates");
        PythonTools.Ended ended = PythonTools.installed("policies")
                .run(
                        "checkov",
                        "--directory",
                        FOLDER.toString(),
                        "--framework",
                        "cloudformation",
                        "--compact",
                        "--quiet",
                        "--skip-download");
        assertThat(ended.status()).as(ended.text()).isZero();
    }

    @ParameterizedTest
    @MethodSource("stateMachines")
    void the_language_validator_accepts_the_state_machine(String file) throws Exception {
        PythonTools.Ended ended =
                node() ? aslValidator(file) : PythonTools.installed("linters").run("statelint", file);
        assertThat(ended.status()).as(ended.text()).isZero();
    }

    /** A check of the check: a validator that is not there, or sees nothing, would pass everything. */
    @Test
    void the_language_validator_refuses_a_state_that_there_is_not() throws Exception {
        Path wrong = SmallData.PROJECT.resolve("target/wrong.asl.json");
        Files.writeString(
                wrong,
                Files.readString(FOLDER.resolve("trust.asl.json"))
                        .replace("\"Next\": \"Commit\"", "\"Next\": \"Comit\""));
        PythonTools.Ended ended = node()
                ? aslValidator(wrong.toString())
                : PythonTools.installed("linters").run("statelint", wrong.toString());
        assertThat(ended.text()).contains("Comit");
        assertThat(ended.status()).isNotZero();
    }

    static List<String> stateMachines() throws IOException {
        return files(".asl.json");
    }

    private static List<String> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static boolean node() throws InterruptedException {
        try {
            return PythonTools.run(Map.of(), "npm", "--version").status() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static PythonTools.Ended aslValidator(String file) throws IOException, InterruptedException {
        Path folder = SmallData.PROJECT.resolve("target/cloud-tools/node");
        Path program = folder.resolve("node_modules/.bin/asl-validator");
        if (!Files.exists(program)) {
            PythonTools.Ended installed = PythonTools.run(
                    Map.of(), "npm", "install", "--silent", "--prefix", folder.toString(), ASL_VALIDATOR);
            assertThat(installed.status()).as(installed.text()).isZero();
        }
        return PythonTools.run(Map.of(), program.toString(), "--json-path", file);
    }
}
