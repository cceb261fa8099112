package io.trustpipeline.report;

import io.trustpipeline.report.RunReport.SentenceSpan;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SpanPictureTest {
    @Property(tries = 300)
    void no_two_bars_lie_upon_each_other_and_no_row_is_left_free_for_nothing(
            @ForAll @Size(max = 20) List<@IntRange(max = 999) Integer> numbers) {
        List<SentenceSpan> spans = new ArrayList<>();
        numbers.forEach(number -> spans.add(span("Care", number % 40, number % 40 + 1 + number / 40)));
        spans.sort(Comparator.comparingInt(SentenceSpan::start));
        int[] rows = SpanPicture.rows(spans);
        for (int i = 0; i < rows.length; i++) {
            boolean[] taken = new boolean[rows.length + 1];
            for (int j = 0; j < i; j++) {
                if (spans.get(j).end() > spans.get(i).start()) {
                    taken[rows[j]] = true;
                }
            }
            assertThat(taken[rows[i]]).isFalse();
            for (int row = 0; row < rows[i]; row++) {
                assertThat(taken[row]).isTrue();
            }
        }
    }

    @Test
    void the_words_come_out_as_they_are_and_each_has_the_bars_of_its_spans() throws Exception {
        String sentence = "The <b>very</b> kind nurse\u00a0listened.";
        Html html = new Html().open("main");
        SpanPicture.write(
                html, sentence, List.of(span("Care", 4, 19), span("Respect", 16, 26)), List.of("Care", "Respect"));
        Document page = Pages.parse(html.close("main").document());
        assertThat(withoutNames(page)).isEqualTo(sentence);
        assertThat(Pages.elements(page, "b")).isEmpty();
        assertThat(Pages.elements(page, "span").stream()
                        .filter(span -> span.getAttribute("class").startsWith("mark"))
                        .map(span -> span.getAttribute("class") + " under "
                                + span.getParentNode().getFirstChild().getTextContent()))
                .containsExactly(
                        "mark row0 theme0 under <b>very</b>",
                        "mark row0 theme0 under  ",
                        "mark row0 theme0 under kin",
                        "mark row1 theme1 under kin",
                        "mark row1 theme1 under d",
                        "mark row1 theme1 under  ",
                        "mark row1 theme1 under nurse");
    }

    private static String withoutNames(Document page) {
        for (Element each : Pages.elements(page, "span")) {
            if (each.getAttribute("class").startsWith("name")) {
                each.getParentNode().removeChild(each);
            }
        }
        return Pages.elements(page, "bdi").get(0).getTextContent();
    }

    private static SentenceSpan span(String theme, int start, int end) {
        return new SentenceSpan(theme, "L", 0.5f, start, end);
    }
}
