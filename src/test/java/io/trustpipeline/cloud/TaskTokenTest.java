package io.trustpipeline.cloud;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TaskTokenTest {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration NEVER_AGAIN = Duration.ofHours(1);

    private final CountDownLatch abandoned = new CountDownLatch(1);
    private SfnPeer peer;
    private SfnClient client;

    @BeforeEach
    void start() throws Exception {
        peer = new SfnPeer();
        client = peer.client();
    }

    @AfterEach
    void stop() {
        client.close();
        peer.close();
    }

    @Test
    void a_working_task_is_heard_again_and_again_and_not_after_its_end() throws Exception {
        try (TaskToken token = token(OFTEN)) {
            await(() -> peer.calls("SendTaskHeartbeat").size() >= 3);
            token.succeed("{\"run_id\":\"r\"}");
        }
        Thread.sleep(100);
        int heard = peer.calls("SendTaskHeartbeat").size();
        Thread.sleep(100);
        assertThat(peer.calls("SendTaskHeartbeat")).hasSize(heard).allSatisfy(call -> assertThat(
                        call.body().path("taskToken").asText())
                .isEqualTo("token-1"));
        assertThat(peer.calls("SendTaskSuccess")).singleElement().satisfies(call -> assertThat(
                        call.body().path("output").asText())
                .isEqualTo("{\"run_id\":\"r\"}"));
    }

    @Test
    void a_failure_carries_its_name_and_a_cause_that_step_functions_takes() {
        try (TaskToken token = token(NEVER_AGAIN)) {
            token.fail("DataRefused", "x".repeat(40_000));
        }
        assertThat(peer.calls("SendTaskFailure")).singleElement().satisfies(call -> {
            assertThat(call.body().path("error").asText()).isEqualTo("DataRefused");
            assertThat(call.body().path("cause").asText()).hasSize(32_768);
        });
    }

    @Test
    void a_task_that_nobody_waits_for_any_more_is_told_to_stop_and_beats_no_more() throws Exception {
        peer.refuse("SendTaskHeartbeat", "TaskTimedOut");
        try (TaskToken token = token(OFTEN)) {
            assertThat(abandoned.await(10, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(100);
            assertThat(peer.calls("SendTaskHeartbeat")).hasSize(1);
        }
    }

    @Test
    void a_heartbeat_that_fails_for_another_reason_stops_nothing() throws Exception {
        peer.refuse("SendTaskHeartbeat", "AccessDenied");
        try (TaskToken token = token(OFTEN)) {
            await(() -> peer.calls("SendTaskHeartbeat").size() >= 3);
            assertThat(abandoned.getCount()).isEqualTo(1);
        }
    }

    @Test
    void a_report_that_comes_too_late_is_dropped_and_one_that_is_refused_is_not() {
        peer.refuse("SendTaskSuccess", "TaskDoesNotExist");
        peer.refuse("SendTaskFailure", "AccessDenied");
        try (TaskToken token = token(NEVER_AGAIN)) {
            token.succeed("{}");
            assertThatThrownBy(() -> token.fail("Defect", "x")).isInstanceOf(SdkException.class);
        }
    }

    private TaskToken token(Duration interval) {
        return new TaskToken(client, "token-1", interval, abandoned::countDown);
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
