package io.trustpipeline.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ReportPageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</style><script>alert(1)</script>",
                "\"onload=\"alert(1)",
                "&lt;script&gt;",
                "<!--",
                "]]>",
                "👩‍⚕️",
                "\u202Ekind"
            })
    void whatever_comes_from_outside_the_page_has_the_same_elements_and_says_it_as_text(String word) throws Exception {
        Document page = page(word);
        assertThat(Pages.structure(page)).isEqualTo(Pages.structure(page("word")));
        assertThat(page.getDocumentElement().getTextContent())
                .contains("Run manual-001")
                .contains("Takes up rejected rows of" + word);
        assertThat(Pages.elements(page, "q").get(0).getTextContent()).isEqualTo(word);
    }

    @Test
    void it_loads_nothing_and_runs_nothing() throws Exception {
        Document page = page("word");
        assertThat(Pages.elements(page, "script")).isEmpty();
        assertThat(Pages.structure(page)).doesNotContain("@src", "@href", "@style", "link", "img", "iframe", "base");
        assertThat(Pages.elements(page, "style").get(0).getTextContent()).doesNotContain("url(", "@import");
        assertThat(Pages.elements(page, "meta").get(1).getAttribute("content")).startsWith("default-src 'none';");
    }

    @Test
    void every_picture_has_a_title_every_table_a_caption_and_every_section_a_heading() throws Exception {
        Document page = page("word");
        Set<String> ids = new HashSet<>();
        for (Element each : Pages.elements(page, "*")) {
            String id = each.getAttribute("id");
            assertThat(id.isEmpty() || ids.add(id)).as("id %s stands twice", id).isTrue();
        }
        List<Element> labelled = Pages.elements(page, "*").stream()
                .filter(each -> each.hasAttribute("aria-labelledby"))
                .toList();
        assertThat(labelled).allSatisfy(each -> assertThat(ids).contains(each.getAttribute("aria-labelledby")));
        assertThat(Pages.elements(page, "svg")).isNotEmpty().allSatisfy(svg -> assertThat(
                        svg.getElementsByTagName("title").getLength())
                .isEqualTo(1));
        assertThat(Pages.elements(page, "table")).isNotEmpty().allSatisfy(table -> assertThat(
                        table.getFirstChild().getNodeName())
                .isEqualTo("caption"));
        assertThat(Pages.elements(page, "section"))
                .allSatisfy(section ->
                        assertThat(section.getFirstChild().getNodeName()).isEqualTo("h2"));
    }

    @Test
    void the_bars_of_the_conservation_law_are_together_as_long_as_what_was_exported() throws Exception {
        double together = Pages.elements(page("word"), "rect").stream()
                .filter(rect -> rect.getAttribute("class").startsWith("part"))
                .mapToDouble(rect -> Double.parseDouble(rect.getAttribute("width")) + 1)
                .sum();
        assertThat(together).isEqualTo(600);
    }

    private static Document page(String word) throws Exception {
        return Pages.parse(new String(Reporter.page(Reports.of(word)), StandardCharsets.UTF_8));
    }
}
