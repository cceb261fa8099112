package io.trustpipeline.cli;

import io.trustpipeline.config.SecretReferences;
import io.trustpipeline.config.Settings;
import io.trustpipeline.config.Sources;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Progress;
import io.trustpipeline.score.ModelSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoadedModelsTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_loading_that_nobody_waits_for_any_more_has_ended_when_they_are_closed() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        LoadedModels models = LoadedModels.inBackground(
                () -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                        throw new IllegalStateException("nobody opens it");
                    } catch (InterruptedException e) {
                        throw new PipelineException(ExitCode.STOPPED, "loading was interrupted", e);
                    } finally {
                        ended.set(true);
                    }
                },
                ModelSource.none(),
                Settings.load(
                        new Sources(folder, null, Map.of(), Map.of()),
                        new SecretReferences(Map.of(), "us-east-2", null)),
                Progress.SILENT);
        begun.await();

        models.close();

        assertThat(ended).isTrue();
        assertThatThrownBy(models::scorer).hasMessage("loading was interrupted");
    }
}
