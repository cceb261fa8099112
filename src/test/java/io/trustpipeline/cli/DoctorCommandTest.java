package io.trustpipeline.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person sees of {@code doctor} without AWS, and of commands for AWS that cannot begin. */
class DoctorCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_laptop_is_examined_offline_and_nothing_is_written() {
        Path home = folder.resolve("home");
        Invocation doctor = Invocation.of(
                "doctor", "--home", home.toString(), "--models", System.getProperty("project.dir") + "/demo/models");
        assertThat(doctor.status()).as(doctor.out()).isZero();
        assertThat(doctor.out()).contains("java", "vector", "architecture", "disk", "models");
        assertThat(home).doesNotExist();
    }

    @Test
    void everything_wrong_is_said_at_once_with_what_to_do() {
        Invocation doctor = Invocation.of(
                "doctor",
                "--home",
                folder.toString(),
                "--models",
                folder.resolve("none").toString(),
                "--warehouse",
                "jdbc:redshift://127.0.0.1:1/dev");
        assertThat(doctor.status()).isEqualTo(78);
        assertThat(doctor.out().lines().filter(line -> line.startsWith("BAD")))
                .hasSize(2)
                .anyMatch(line -> line.contains("reach warehouse") && line.contains("127.0.0.1:1"))
                .anyMatch(line -> line.contains("models") && line.endsWith("name one with --models"));
    }

    @Test
    void wrong_settings_are_a_finding_beside_the_others() throws IOException {
        Path file = folder.resolve("wrong.properties");
        Files.writeString(file, "trust.run.zone=Mars/Olympus\n");
        Invocation doctor = Invocation.of("doctor", "--config", file.toString());
        assertThat(doctor.status()).isEqualTo(78);
        assertThat(doctor.out()).contains("BAD").contains("Mars/Olympus");
    }

    @Test
    void commands_for_aws_want_an_environment() {
        for (String command : new String[] {"deploy", "outputs", "destroy"}) {
            assertThat(Invocation.of(command).status()).as(command).isEqualTo(2);
            assertThat(Invocation.of(command, "--env", "staging").status())
                    .as(command)
                    .isEqualTo(2);
        }
        assertThat(Invocation.of("outputs").err()).contains("--env dev");
    }
}
