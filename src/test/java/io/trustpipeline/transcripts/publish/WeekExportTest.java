package io.trustpipeline.transcripts.publish;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDate;

import static org.assertj.core.api.Assertions.assertThat;

/** What spreadsheets make of a text, and which windows a day lies in. */
class WeekExportTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"})
    void a_text_that_a_spreadsheet_would_compute_is_led_by_an_apostrophe(String text) {
        assertThat(WeekExport.quoted(text)).isEqualTo("\"'" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Ana|\"Ana\"", "A \"B\"|\"A \"\"B\"\"\"", "1=1|\"1=1\""})
    void other_texts_are_quoted_alone(String text, String field) {
        assertThat(WeekExport.quoted(text)).isEqualTo(field);
    }

    @Test
    void a_day_lies_in_its_month_and_in_four_windows_of_four_weeks() {
        assertThat(Windows.around(LocalDate.of(2028, 2, 29)))
                .containsExactly(
                        window("2028-02-01", "2028-02-29"),
                        window("2028-02-28", "2028-03-26"),
                        window("2028-02-21", "2028-03-19"),
                        window("2028-02-14", "2028-03-12"),
                        window("2028-02-07", "2028-03-05"));
    }

    private static Windows.Window window(String start, String end) {
        return new Windows.Window(LocalDate.parse(start), LocalDate.parse(end));
    }
}
