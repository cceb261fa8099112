package io.trustpipeline.run;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestReaderTest {
    private final RequestReader reader = new RequestReader("trust");

    @Test
    void the_request_that_step_functions_sends_is_read_whole() {
        assertThat(reader.read("""
                                {"run_date":"2025-09-26","run_id":"manual-001","email":"user@example.com","up_id":7168}"""))
                .isEqualTo(new RequestFields(LocalDate.of(2025, 9, 26), "manual-001", "user@example.com", 7168L));
    }

    @Test
    void a_numeric_string_is_an_up_id_as_it_always_was() {
        assertThat(reader.read("{\"up_id\":\"0042\"}").upId()).isEqualTo(42L);
    }

    @Test
    void fields_left_out_take_today_in_the_zone_a_fresh_id_and_the_usual_client() {
        Clock clock = Clock.fixed(Instant.parse("2025-06-30T23:30:00Z"), ZoneOffset.UTC);
        RunRequest request = reader.read("{}").withDefaults(clock, ZoneId.of("Europe/London"), new Random(1));
        assertThat(request.runDate()).isEqualTo(LocalDate.of(2025, 7, 1));
        assertThat(request.runId()).matches("20250630T233000-[0-9a-z]{8}");
        assertThat(request.upId()).isEqualTo(7168);
        assertThat(request.email()).isNull();
    }

    @Test
    void every_wrong_field_is_reported_at_once() {
        assertThatThrownBy(() -> reader.read("""
                                {"run_date":"26/09/2025","run_id":"../x","email":"nobody","up_id":0,"colour":"red"}"""))
                .isInstanceOf(PipelineException.class)
                .satisfies(e -> assertThat(((PipelineException) e).exitCode()).isEqualTo(ExitCode.REQUEST_REFUSED))
                .hasMessageContaining("run_date: \"26/09/2025\" is not a day as YYYY-MM-DD")
                .hasMessageContaining("run_id: \"../x\" is not 1 to 80 letters")
                .hasMessageContaining("email: \"nobody\" is not one e-mail address")
                .hasMessageContaining("up_id: 0 is not a whole number")
                .hasMessageContaining("colour: unknown field; known are run_date, run_id, email, up_id")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-02-29",
                "2025-13-01",
                "2025-9-26",
                "20250926",
                "2025-09-26T00:00:00",
                "'; DROP TABLE x; --",
                "",
                "２０２５-09-26"
            })
    void a_day_that_is_none_is_refused(String value) {
        refused(() -> reader.read("{\"run_date\":\"" + value + "\"}"), "run_date: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".hidden", "-x", "a/b", "a b", "a\\\\b", "..", "é", "a%2fb", "a\\nb", "a\\u0000b"})
    void an_id_that_could_leave_its_prefix_is_refused(String value) {
        refused(() -> reader.read("{\"run_id\":\"" + value + "\"}"), "run_id: ");
    }

    @Test
    void an_id_of_81_characters_is_refused_and_one_of_80_is_not() {
        assertThat(reader.read("{\"run_id\":\"" + "a".repeat(80) + "\"}").runId())
                .hasSize(80);
        refused(() -> reader.read("{\"run_id\":\"" + "a".repeat(81) + "\"}"), "run_id: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "\"abc\"", "\"\"", "\"1; DROP\"", "null", "true", "1e30", "[7168]"})
    void an_up_id_that_is_not_a_whole_number_above_zero_is_refused(String value) {
        refused(() -> reader.read("{\"up_id\":" + value + "}"), "up_id: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|not valid JSON",
                "[]|not a JSON object",
                "{\"up_id\":1,\"up_id\":2}|Duplicate",
                "{} {}|not valid JSON"
            })
    void what_is_not_one_json_object_is_refused(String json, String said) {
        refused(() -> reader.read(json), said);
    }

    @Property(tries = 200)
    void no_text_makes_the_reader_fail_otherwise_than_by_refusing(@ForAll String anything) {
        try {
            reader.read(anything);
        } catch (PipelineException e) {
            assertThat(e.exitCode()).isEqualTo(ExitCode.REQUEST_REFUSED);
            assertThat(e.getMessage().lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThan(400));
        }
    }

    private static void refused(ThrowingCallable reading, String said) {
        assertThatThrownBy(reading)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(said)
                .satisfies(e -> assertThat(((PipelineException) e).exitCode()).isEqualTo(ExitCode.REQUEST_REFUSED));
    }

    /** A line break at the end, and dots that no mail program takes, once came through. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"run_id\": \"manual-001\\n\"}",
                "{\"up_id\": \"7168\\n\"}",
                "{\"up_id\": \"7168\\u2028\"}",
                "{\"run_date\": \"2025-09-26\\n\"}",
                "{\"email\": \"user@example.com\\n\"}",
                "{\"email\": \"../user@example.com\"}",
                "{\"email\": \"us..er@example.com\"}",
                "{\"email\": \"user.@example.com\"}"
            })
    void what_only_looks_like_a_value_is_refused(String json) {
        assertThatThrownBy(() -> new RequestReader("trust").read(json))
                .isInstanceOfSatisfying(PipelineException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.REQUEST_REFUSED))
                .satisfies(refused -> assertThat(refused.getMessage()).hasLineCount(1));
    }

    @Test
    void limits_are_numbers_above_zero() {
        assertThat(reader.read("{\"max_minutes\": 30, \"max_cost\": 2.5}").limits())
                .isEqualTo(new Limits(30.0, 2.5));
        assertThat(reader.read("{}").limits()).isEqualTo(Limits.NONE);
        assertThatThrownBy(() -> reader.read("{\"max_minutes\": 0, \"max_cost\": \"2\"}"))
                .hasMessageContaining("max_minutes: 0 is not a number of minutes above zero")
                .hasMessageContaining("max_cost: \"2\" is not a sum of money above zero");
        assertThatThrownBy(() -> reader.read("{\"max_minutes\": 1e999}")).hasMessageContaining("max_minutes: ");
    }
}
