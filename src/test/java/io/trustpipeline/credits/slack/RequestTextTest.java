package io.trustpipeline.credits.slack;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTextTest {
    @Test
    void links_to_looker_are_taken_in_their_order_and_others_are_not() {
        RequestText text = RequestText.of("see <https://tickets.example.com/1> <https://b.LOOKER.com/looks/2|two>"
                + " and <https://a.looker.com/explore/m/v?qid=abc&amp;toggle=fil>, <https://b.LOOKER.com/looks/2>");
        assertThat(text.links())
                .containsExactly("https://b.LOOKER.com/looks/2", "https://a.looker.com/explore/m/v?qid=abc&toggle=fil");
    }

    @Test
    void an_address_that_is_not_marked_as_a_link_is_words() {
        assertThat(RequestText.of("https://a.looker.com/looks/2").links()).isEmpty();
        assertThat(RequestText.of("<#C1|looker.com> <@U1> <mailto:x@looker.com|x>")
                        .links())
                .isEmpty();
    }

    @Test
    void accounts_are_those_of_the_words_not_of_links() {
        String account = "AC" + "0a".repeat(16);
        assertThat(RequestText.of("for " + account + " <https://a.looker.com/looks/2?f=AC" + "1b".repeat(16) + ">")
                        .accounts())
                .containsExactly(account);
    }

    @Test
    void a_request_is_known_by_its_words() {
        assertThat(RequestText.asks("Credit Request please", List.of("credit request")))
                .isTrue();
        assertThat(RequestText.asks("lunch?", List.of("credit request"))).isFalse();
    }
}
