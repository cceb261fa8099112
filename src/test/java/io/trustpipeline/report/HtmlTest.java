package io.trustpipeline.report;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HtmlTest {
    @Property(tries = 300)
    void whatever_a_text_holds_another_parser_reads_it_back_as_text(@ForAll String text) throws Exception {
        String page = new Html().element("p", text, "title", text).document();
        Element paragraph = Pages.parse(page).getDocumentElement();
        assertThat(paragraph.getTextContent()).isEqualTo(shown(text));
        assertThat(paragraph.getChildNodes().getLength()).isLessThanOrEqualTo(1);
        assertThat(paragraph.getAttribute("title")).isEqualTo(shown(text).replaceAll("[\n\t]", " "));
    }

    /** What HTML forbids stands as the replacement character. */
    private static String shown(String text) {
        return text.codePoints()
                .map(c -> c != '\n' && c != '\t' && Character.isISOControl(c)
                                || c >= 0xD800 && c <= 0xDFFF
                                || (c & 0xFFFE) == 0xFFFE
                        ? 0xFFFD
                        : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void markup_in_a_text_stays_text() {
        assertThat(new Html()
                        .element("p", "<script>alert(1)</script> & \"'", "title", "\"><img src=x>")
                        .document())
                .contains("<p title=\"&quot;&gt;&lt;img src=x&gt;\">"
                        + "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&#39;</p>");
    }

    @Test
    void an_element_closed_out_of_its_turn_or_not_at_all_is_refused() {
        assertThatThrownBy(() -> new Html().open("p").open("b").close("p")).hasMessageContaining("[b, p] are open");
        assertThatThrownBy(() -> new Html().open("p").document()).hasMessageContaining("open at the end");
    }

    @Test
    void a_name_that_is_none_and_an_element_whose_content_is_no_text_are_refused() {
        assertThatThrownBy(() -> new Html().open("p onclick")).hasMessageContaining("names no element");
        assertThatThrownBy(() -> new Html().open("p", "a=\"b", "c")).hasMessageContaining("names no element");
        assertThatThrownBy(() -> new Html().open("script")).hasMessageContaining("would not be text");
    }
}
