package io.trustpipeline.cli;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the crash matrix is worth: it finds the fault that row ledgers have who mark before they write. */
@Tag("crash")
class BrokenOrderTest {
    private static final List<Kill> BETWEEN_MARK_AND_WRITE = List.of(new Kill.At("BEFORE_SCORED_OBJECT"));

    @TempDir
    Path folder;

    @TempDir
    Path other;

    @Test
    void the_matrix_fails_when_rows_are_marked_before_they_are_written() throws Exception {
        TrustCrash right = TrustCrash.first(folder);
        TrustCrash broken = TrustCrash.first(other, MarkingBeforeWriting.class);
        Object uninterrupted = CrashTrial.uninterrupted(right);
        assertThat(CrashTrial.uninterrupted(broken))
                .as("without a kill nobody notices")
                .isEqualTo(uninterrupted);
        assertThat(ofTheMatrix(right).run(uninterrupted).difference()).isNull();
        assertThat(ofTheMatrix(broken).run(uninterrupted).difference())
                .contains("the final state is")
                .contains("NOTIFIED");
    }

    private static CrashTrial ofTheMatrix(CrashSubject.Pipeline pipeline) {
        return CrashMatrix.trials(pipeline, 1, 1, 7).stream()
                .filter(trial -> trial.kills().equals(BETWEEN_MARK_AND_WRITE))
                .findFirst()
                .orElseThrow();
    }
}
