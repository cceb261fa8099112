package io.trustpipeline.doctor;

import io.trustpipeline.run.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LaptopChecksTest {
    private static final long MEBIBYTE = 1L << 20;

    @Test
    void this_machine_and_a_home_that_is_not_there_yet_are_fit(@TempDir Path folder) {
        Examination examination = Examination.of(new LaptopChecks(folder.resolve("not/there/yet")).all());
        assertThat(examination.exitCode()).as(examination.lines().toString()).isEqualTo(ExitCode.DONE);
        assertThat(examination.findings())
                .extracting(Finding::subject)
                .containsExactly("java", "vector", "architecture", "memory", "disk");
    }

    @Test
    void an_old_java_is_refused_and_a_missing_vector_api_is_noted() {
        assertThat(LaptopChecks.java(16)).isInstanceOf(Finding.Bad.class);
        assertThat(LaptopChecks.java(17)).isInstanceOf(Finding.Good.class);
        assertThat(LaptopChecks.vector(false))
                .isInstanceOfSatisfying(Finding.Note.class, note -> assertThat(note.remedy())
                        .contains("--add-modules=jdk.incubator.vector"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppc64le", "s390x", "x86"})
    void processors_without_native_code_are_refused(String name) {
        assertThat(LaptopChecks.architecture(name))
                .isInstanceOfSatisfying(
                        Finding.Bad.class, bad -> assertThat(bad.exitCode()).isEqualTo(ExitCode.CONFIGURATION));
    }

    @Test
    void a_disk_is_noted_when_it_fills_and_refused_when_it_is_full() {
        Path home = Path.of("home");
        assertThat(LaptopChecks.disk(home, 6_000 * MEBIBYTE)).isInstanceOf(Finding.Good.class);
        assertThat(LaptopChecks.disk(home, 2_000 * MEBIBYTE)).isInstanceOf(Finding.Note.class);
        assertThat(LaptopChecks.disk(home, 100 * MEBIBYTE))
                .isInstanceOfSatisfying(
                        Finding.Bad.class, bad -> assertThat(bad.exitCode()).isEqualTo(ExitCode.UNAVAILABLE));
    }

    @Test
    void little_memory_is_noted() {
        assertThat(LaptopChecks.heap(256 * MEBIBYTE)).isInstanceOf(Finding.Note.class);
    }

    @Test
    void a_finding_is_one_line_that_ends_with_what_to_do() {
        Examination examination = new Examination(List.of(
                new Finding.Good("java", "17"),
                new Finding.Note("disk", "2,000 MiB free", "make room"),
                new Finding.Bad("reach s3", "does not answer", "look at the network", ExitCode.UNAVAILABLE)));
        assertThat(examination.lines())
                .containsExactly(
                        "ok    java             17",
                        "note  disk             2,000 MiB free; make room",
                        "BAD   reach s3         does not answer; look at the network");
        assertThat(examination.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void what_must_be_configured_decides_before_what_may_come_back() {
        Examination examination = new Examination(List.of(
                new Finding.Bad("reach s3", "does not answer", "wait", ExitCode.UNAVAILABLE),
                new Finding.Bad("models", "empty", "upload", ExitCode.CONFIGURATION)));
        assertThat(examination.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    }
}
