package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.run.ExitCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Polls of a Slack, a Looker and a warehouse at wire level; each test writes messages of its own. */
class CreditsRunTest {
    private static final String APPROVED = "Approved, $7253.76, exceptions";
    private static final String OTHER_ACCOUNT = "AC" + "f".repeat(32);

    @TempDir
    static Path folder;

    @TempDir
    Path own;

    private static CreditsWorld world;
    private static CreditsWorld.Program program;

    @BeforeAll
    static void start() throws Exception {
        world = CreditsWorld.in(folder);
        program = world.open(Map.of("TRUST_CREDITS_LIMIT", "20000"), false);
    }

    @AfterAll
    static void stop() {
        program.close();
        world.close();
    }

    private static String path(String id, String sql) {
        world.looker.put(id, sql);
        return "<https://example.looker.com/looks/" + id + ">";
    }

    @Test
    void a_request_is_answered_once_in_its_thread_and_its_result_stands_in_the_store() throws Exception {
        String words = "a customer lost money, call me at +372 5555 1234";
        String ts = world.write(words + " " + CreditsWorld.LINK);
        assertThat(program.poll()).isEqualTo(ExitCode.DONE);
        program.poll();
        assertThat(world.slack.replies(ts)).containsExactly(APPROVED);
        JsonNode state = world.state(ts);
        assertThat(state.path("state").asText()).isEqualTo("DONE");
        Path file =
                world.files("outputs/" + state.path("execution_id").asText()).get(0);
        assertThat(file).hasFileName("result.json");
        JsonNode result = new JsonMapper().readTree(file.toFile());
        assertThat(result.path("credit_amount").isNumber()).isTrue();
        assertThat(result.path("credit_amount").decimalValue()).isEqualByComparingTo("7253.76");
        assertThat(result.path("fraud_total").decimalValue()).isEqualByComparingTo("12000");
        assertThat(result.path("account_sid").asText()).isEqualTo("AC0123456789abcdef0123456789abcdef");
        assertThat(result.path("fraud_start").asText()).isEqualTo("2025-07-01");
        assertThat(result.path("fraud_end").asText()).isEqualTo("2025-09-29");
        assertThat(result.path("mrr").longValue()).isEqualTo(1_501);
        assertThat(result.path("execution_id")).isEqualTo(state.path("execution_id"));
        assertThat(Instant.parse(result.path("timestamp").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(result.path("output_df")).hasSize(3);
        assertThat(result.path("output_df").get(1).path("block_rate").decimalValue())
                .isEqualByComparingTo("0.438");
        assertThat(result.path("summary").path("rev").decimalValue()).isEqualByComparingTo("0.45");
        assertThat(result.path("summary").path("gross_margin").decimalValue()).isEqualByComparingTo("0.333");
        assertThat(world.files("audit").stream()
                        .filter(audit -> audit.toString().contains(ts)))
                .hasSize(1);
        for (Path each : world.files("")) {
            assertThat(Files.readString(each)).as(each.toString()).doesNotContain("customer lost", "5555");
        }
    }

    @Test
    void a_request_without_a_link_is_reminded_once_and_answered_when_the_link_comes() throws Exception {
        String edited = world.write("Credit request for our customer");
        String answered = world.write("sms pumping at a customer, please");
        program.poll();
        program.poll();
        assertThat(world.slack.replies(edited)).hasSize(1).first().asString().contains("Please add");
        assertThat(world.slack.replies(answered)).hasSize(1);
        world.slack.edit(edited, "Credit request for our customer " + CreditsWorld.LINK);
        world.slack.answer(answered, "here it is: " + CreditsWorld.LINK);
        program.poll();
        program.poll();
        assertThat(world.slack.replies(edited)).hasSize(2).last().isEqualTo(APPROVED);
        assertThat(world.slack.replies(answered)).hasSize(2).last().isEqualTo(APPROVED);
    }

    @Test
    void ordinary_messages_and_other_products_get_no_answer() throws Exception {
        String lunch = world.write("lunch at <https://menu.example.com/today>?");
        String sms = world.write("and this? " + path("20", CreditsWorld.look().replace("%Authy%", "%Programmable%")));
        program.poll();
        assertThat(world.slack.replies(lunch)).isEmpty();
        assertThat(world.slack.replies(sms)).isEmpty();
        assertThat(world.state(sms).path("state").asText()).isEqualTo("SKIPPED");
        assertThat(world.slack.directMessages()).noneMatch(message -> message.contains(sms));
    }

    @Test
    void several_links_are_one_answer_with_their_sum() throws Exception {
        String ts = world.write(
                "two: " + CreditsWorld.LINK + " " + path("21", CreditsWorld.look() + "\n-- the same again"));
        program.poll();
        assertThat(world.slack.replies(ts)).containsExactly("Approved, $14507.52, exceptions");
    }

    @Test
    void when_one_link_fails_nothing_is_approved_and_the_reviewer_hears_of_each_link() throws Exception {
        String ts = world.write("two: " + CreditsWorld.LINK + " " + path("22", "DROP TABLE public.billable_items"));
        program.poll();
        program.poll();
        assertThat(world.slack.replies(ts)).isEmpty();
        assertThat(told(ts))
                .hasSize(1)
                .first()
                .asString()
                .contains("link 1: $7253.76", "link 2: the link's SQL is refused: it is not a plain SELECT");
    }

    @Test
    void sql_that_writes_or_names_another_account_runs_nowhere() throws Exception {
        List<String> messages = new ArrayList<>();
        messages.add(world.write(path("30", "DELETE FROM public.billable_items WHERE sid = 'BI01'")));
        messages.add(world.write(
                path("31", CreditsWorld.look().replaceFirst("(?s)LIMIT 500.*", "; DROP TABLE public.mcc_country"))));
        messages.add(world.write(
                path("32", CreditsWorld.look().replaceFirst("= '(AC\\w+)'", "IN ('$1', '" + OTHER_ACCOUNT + "')"))));
        messages.add(world.write("for " + OTHER_ACCOUNT + ": " + path("33", CreditsWorld.look())));
        messages.add(world.write("<https://looker.com.example.org/looks/7>"));
        int before = world.warehouse.executed().size();
        program.poll();
        program.poll();
        assertThat(world.warehouse.executed()).hasSize(before);
        for (String ts : messages) {
            assertThat(world.slack.replies(ts)).isEmpty();
            assertThat(told(ts)).as(ts).hasSize(1).first().asString().doesNotContain("FROM", OTHER_ACCOUNT);
        }
    }

    @Test
    void a_large_amount_waits_for_a_person_and_a_dry_run_says_nothing() throws Exception {
        try (CreditsWorld large = CreditsWorld.in(own)) {
            String ts = large.write("large " + CreditsWorld.LINK);
            try (CreditsWorld.Program dry = large.open(Map.of(), true)) {
                dry.poll();
                assertThat(dry.printed()).contains("would reply to " + ts + ": " + APPROVED);
            }
            assertThat(large.slack.replies(ts)).isEmpty();
            Map<String, String> limit = Map.of("TRUST_CREDITS_LIMIT", "1000");
            try (CreditsWorld.Program first = large.open(limit, false)) {
                first.poll();
                first.poll();
            }
            assertThat(large.slack.replies(ts)).isEmpty();
            assertThat(large.slack.directMessages())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("amount $7253.76", "above the limit of $1000", "credits approve " + ts);
            String home = large.home().toString();
            assertThat(Invocation.of("credits", "approve", ts, "--by", "Kai", "--home", home)
                            .status())
                    .isZero();
            assertThat(Invocation.of("credits", "approve", ts, "--by", "Kai", "--home", home)
                            .status())
                    .isEqualTo(64);
            assertThat(Invocation.of("credits", "health", "--home", home).status())
                    .isZero();
            assertThat(Invocation.of("credits", "health", "--max-age=-1", "--home", home)
                            .status())
                    .isEqualTo(69);
            try (CreditsWorld.Program second = large.open(limit, false)) {
                second.poll();
            }
            assertThat(large.slack.replies(ts)).containsExactly(APPROVED);
        }
    }

    @Test
    void the_demo_ends_with_the_reply_and_leaves_its_metrics() throws Exception {
        Invocation demo = Invocation.of("demo", "credits", "--home", own.toString());
        assertThat(demo.status()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out()).contains("in its thread: " + APPROVED);
        Set<String> queries = new TreeSet<>();
        Map<String, Double> figures = new HashMap<>();
        for (String line : Files.readAllLines(own.resolve("logs/metrics.jsonl"))) {
            JsonNode figure = new JsonMapper().readTree(line);
            queries.add(figure.path("Query").asText());
            figure.properties()
                    .forEach(each -> figures.put(each.getKey(), each.getValue().asDouble()));
        }
        assertThat(queries).contains("blocking", "countries", "economics", "fraud", "parent", "revenue", "settings");
        assertThat(figures)
                .containsEntry("CreditMessages", 1.0)
                .containsEntry("CreditPolls", 1.0)
                .containsEntry("CreditLinks", 1.0)
                .containsEntry("CreditDollars", 7253.76)
                .containsKey("CreditQuerySeconds");
    }

    @Test
    void figures_that_make_no_sense_are_told_and_not_tried_again() throws Exception {
        String money = "COALESCE(SUM(counters_by_billable_item.total), 0)";
        String words =
                world.write("words " + path("50", CreditsWorld.look().replaceFirst(Pattern.quote(money), "'much'")));
        String debt = world.write(
                "a debt " + path("51", CreditsWorld.look().replaceFirst(Pattern.quote(money), "-SUM(total)")));
        program.poll();
        program.poll();
        assertThat(told(words))
                .singleElement()
                .asString()
                .contains("attempt 1 of 2", "counters_by_billable_item.total_sum holds what is no number");
        assertThat(told(debt)).singleElement().asString().contains("fraud_total: -12000");
    }

    private static List<String> told(String ts) {
        return world.slack.directMessages().stream()
                .filter(message -> message.contains(ts))
                .toList();
    }
}
