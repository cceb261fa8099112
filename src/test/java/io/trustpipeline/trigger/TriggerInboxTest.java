package io.trustpipeline.trigger;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.RequestReader;
import io.trustpipeline.run.StopSignal;
import io.trustpipeline.store.EmbeddedS3;
import io.trustpipeline.store.HomeLock;
import io.trustpipeline.store.ObjectEntry;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.S3Clients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Services of one bucket, over HTTP against the embedded S3, with a clock that the tests set. */
class TriggerInboxTest {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final String BUCKET = "data-bucket";

    @TempDir
    static Path home;

    private static HomeLock lock;
    private static EmbeddedS3 server;
    private static S3Client s3;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-02-03T04:05:06Z"));
    private final StopSignal stop = new StopSignal();
    private final List<TriggerInbox> services = new ArrayList<>();
    private String prefix;
    private ObjectStore store;

    @BeforeAll
    static void start() {
        lock = HomeLock.acquire(home, Clock.systemUTC());
        server = EmbeddedS3.start(lock, BUCKET);
        s3 = S3Clients.of(server);
    }

    @AfterAll
    static void stop() {
        s3.close();
        server.close();
        lock.close();
    }

    @BeforeEach
    void a_prefix_for_each_test(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName() + "/";
        store = new ObjectStore(s3, BUCKET, prefix);
    }

    @AfterEach
    void end() {
        services.forEach(TriggerInbox::close);
    }

    @Test
    void a_trigger_is_taken_by_one_of_many_services() throws Exception {
        drop("nightly.json", "{}");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> takers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                TriggerInbox service = service();
                takers.add(() -> service.take(service.pending().get(0)) != null);
            }
            int taken = 0;
            for (Future<Boolean> taker : threads.invokeAll(takers)) {
                taken += taker.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void what_was_done_is_moved_and_not_taken_by_a_service_that_listed_it_before() {
        drop("nightly.json", "{\"up_id\": 7}");
        TriggerInbox first = service();
        TriggerInbox second = service();
        Trigger listed = second.pending().get(0);
        Delivery delivery = first.take(first.pending().get(0));
        first.settle(new Verdict.Done(delivery, "run x"));
        assertThat(second.take(listed)).isNull();
        assertThat(second.pending()).isEmpty();
        assertThat(keys("triggers/done/")).hasSize(2);
        assertThat(text(keys("triggers/done/").get(0))).isEqualTo("{\"up_id\": 7}");
        assertThat(text(keys("triggers/done/").get(1))).contains("\"outcome\" : \"DONE\"", "\"run x\"");
    }

    @Test
    void a_trigger_of_a_service_that_died_is_taken_over_when_its_lease_is_over_and_not_sooner() {
        drop("nightly.json", "{}");
        TriggerInbox dead = service();
        Delivery first = dead.take(dead.pending().get(0));
        dead.close();
        TriggerInbox heir = service();
        Trigger pending = heir.pending().get(0);
        clock.goOn(LEASE.minusSeconds(1));
        assertThat(heir.take(pending)).isNull();
        clock.goOn(Duration.ofSeconds(1));
        Delivery second = heir.take(pending);
        assertThat(second).isNotNull();
        assertThat(second.request()).isEqualTo(first.request());
        assertThat(second.tries()).isEqualTo(2);
    }

    @Test
    void a_lease_that_is_renewed_stays() {
        drop("nightly.json", "{}");
        TriggerInbox first = service();
        Delivery delivery = first.take(first.pending().get(0));
        clock.goOn(LEASE.minusSeconds(1));
        delivery.renew();
        clock.goOn(LEASE.minusSeconds(1));
        TriggerInbox second = service();
        assertThat(second.take(second.pending().get(0))).isNull();
    }

    @Test
    void something_that_is_away_is_tried_again_later_and_later_and_at_last_given_up() {
        drop("nightly.json", "{}");
        TriggerInbox service = service();
        Duration pause = LEASE;
        for (int tries = 1; tries <= 5; tries++) {
            Delivery delivery = service.take(service.pending().get(0));
            assertThat(delivery).as("try " + tries).isNotNull();
            service.settle(new Verdict.Failed(delivery, ExitCode.UNAVAILABLE, "the warehouse is away"));
            if (tries < 5) {
                clock.goOn(pause.minusMillis(1));
                assertThat(service.take(service.pending().get(0))).isNull();
                clock.goOn(Duration.ofMillis(1));
                pause = pause.multipliedBy(2);
            }
        }
        assertThat(service.pending()).isEmpty();
        assertThat(text(keys("triggers/failed/").get(1))).contains("the warehouse is away", "\"tries\" : 5");
    }

    @Test
    void a_trigger_that_kills_every_service_is_given_up() {
        drop("nightly.json", "{}");
        Delivery last = null;
        for (int tries = 1; tries <= 6; tries++) {
            TriggerInbox service = service();
            last = service.take(service.pending().get(0));
            service.close();
            clock.goOn(LEASE);
        }
        assertThatThrownBy(last::request)
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DEFECT))
                .hasMessageContaining("was tried 5 times");
    }

    @Test
    void a_run_that_was_stopped_may_go_on_at_once() {
        drop("nightly.json", "{}");
        TriggerInbox service = service();
        for (int stops = 0; stops < 9; stops++) {
            Delivery delivery = service.take(service.pending().get(0));
            assertThat(delivery).isNotNull();
            assertThat(delivery.tries()).isEqualTo(1);
            service.settle(new Verdict.Failed(delivery, ExitCode.STOPPED, "stopped"));
        }
    }

    @Test
    void a_file_that_was_replaced_while_it_ran_is_not_lost() {
        drop("nightly.json", "{\"up_id\": 7}");
        TriggerInbox service = service();
        Delivery delivery = service.take(service.pending().get(0));
        drop("nightly.json", "{\"up_id\": 8}");
        service.settle(new Verdict.Done(delivery, "run 7"));
        Delivery next = service.take(service.pending().get(0));
        assertThat(next.request().upId()).isEqualTo(8);
    }

    @Test
    void after_a_stop_nothing_is_found_any_more() {
        drop("nightly.json", "{}");
        TriggerInbox service = service();
        Trigger listed = service.pending().get(0);
        stop.stop();
        assertThat(service.pending()).isEmpty();
        assertThat(service.take(listed)).isNull();
    }

    @Test
    void files_in_folders_and_of_other_kinds_are_no_triggers() {
        drop("done/old.json", "{}");
        drop("README.txt", "drop files here");
        drop(".json", "{}");
        assertThat(service().pending()).isEmpty();
    }

    @Test
    void a_file_that_is_too_large_or_not_json_is_refused_with_the_reason() {
        drop("large.json", "{\"email\": \"" + "x".repeat(70_000) + "\"}");
        drop("noise.json", "\u0000\uFFFD not json");
        TriggerInbox service = service();
        for (Trigger trigger : service.pending()) {
            Delivery delivery = service.take(trigger);
            assertThatThrownBy(delivery::request)
                    .isInstanceOfSatisfying(PipelineException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.REQUEST_REFUSED))
                    .hasMessageStartingWith("request: ");
        }
    }

    @Test
    void which_run_a_file_asks_for_depends_on_its_name_content_and_day_alone() {
        ZoneId london = ZoneId.of("Europe/London");
        RequestFields written = new RequestFields(null, null, null, 7L);
        Instant beforeMidnight = Instant.parse("2026-06-01T22:59:59Z");
        Trigger trigger = new Trigger("t/a b.json", "a b.json", "e", beforeMidnight);
        RequestFields run = new TriggerRequest(trigger, "{}").complete(written, london);
        assertThat(run.runDate()).isEqualTo(LocalDate.of(2026, 6, 1));
        assertThat(run.runId()).matches("a_b-[0-9a-f]{12}");
        assertThat(run.upId()).isEqualTo(7);

        Trigger again = new Trigger("t/a b.json", "a b.json", "f", beforeMidnight.minusSeconds(3_600));
        assertThat(new TriggerRequest(again, "{}").complete(written, london)).isEqualTo(run);
        Trigger nextDay = new Trigger("t/a b.json", "a b.json", "e", beforeMidnight.plusSeconds(1));
        assertThat(new TriggerRequest(nextDay, "{}").complete(written, london).runId())
                .isNotEqualTo(run.runId());
        assertThat(new TriggerRequest(trigger, "{} ").complete(written, london).runId())
                .isNotEqualTo(run.runId());

        RequestFields named = new RequestFields(null, "mine", null, null);
        assertThat(new TriggerRequest(trigger, "{}").complete(named, london)).isEqualTo(named);
    }

    @Test
    void any_file_name_gives_a_run_id_that_object_keys_can_hold() {
        for (String name : List.of("..json", "-x.json", "é😀/\n.json", "x".repeat(200) + ".json")) {
            Trigger trigger = new Trigger("t/" + name, name, "e", clock.instant());
            RequestFields run = new TriggerRequest(trigger, "{}")
                    .complete(new RequestFields(null, null, null, null), ZoneId.of("UTC"));
            assertThat(run.runId()).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
        }
    }

    @Test
    void a_schedule_leaves_one_file_for_one_time_however_many_services_have_it() {
        Schedule schedule = new Schedule(store, prefix, "{\"up_id\": 7}");
        Date time = Date.from(Instant.parse("2026-02-03T02:00:00Z"));
        schedule.leave(time);
        new Schedule(store, prefix, "{\"up_id\": 7}").leave(time);
        assertThat(service().pending()).extracting(Trigger::name).containsExactly("schedule-20260203T020000.json");
        schedule.leave(Date.from(Instant.parse("2026-02-04T02:00:00Z")));
        assertThat(service().pending()).hasSize(2);
    }

    @Test
    void in_the_cloud_a_trigger_starts_an_execution_and_is_done_with_that() {
        drop("nightly.json", "{}");
        TriggerInbox service = service();
        Delivery delivery = service.take(service.pending().get(0));
        List<RequestFields> started = new ArrayList<>();
        Verdict verdict = new Execution.StartExecution(request -> {
                    started.add(request);
                    return "execution arn:x";
                })
                .carryOut(delivery);
        assertThat(verdict).isEqualTo(new Verdict.Done(delivery, "execution arn:x"));
        assertThat(started).containsExactly(delivery.request());
    }

    private TriggerInbox service() {
        TriggerInbox service = new TriggerInbox(
                store,
                prefix,
                new RequestReader("trust"),
                "service-" + services.size(),
                LEASE,
                ZoneId.of("Europe/London"),
                clock,
                stop);
        services.add(service);
        return service;
    }

    private void drop(String name, String content) {
        s3.putObject(put -> put.bucket(BUCKET).key(prefix + "triggers/" + name), RequestBody.fromString(content));
    }

    private List<String> keys(String under) {
        try (Stream<ObjectEntry> entries = store.list(prefix + under)) {
            return entries.map(ObjectEntry::key).toList();
        }
    }

    private String text(String key) {
        return new String(store.getBytes(key), java.nio.charset.StandardCharsets.UTF_8);
    }
}
