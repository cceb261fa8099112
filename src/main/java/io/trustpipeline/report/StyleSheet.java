package io.trustpipeline.report;

import org.apache.commons.codec.digest.DigestUtils;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * The style sheet that stands in the page itself.
 *
 * @param css without anything that would end its element
 */
record StyleSheet(String css) {
    StyleSheet {
        if (css.contains("</")) {
            throw new IllegalArgumentException("a style sheet that would end its element");
        }
    }

    /** One that comes with the program. */
    static StyleSheet read(String resource) {
        try (InputStream in = Objects.requireNonNull(StyleSheet.class.getResourceAsStream(resource), resource)) {
            return new StyleSheet(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a page with this sheet may load and do: this sheet, and nothing else; no script, no image, no request.
     *
     * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy</a>
     */
    String contentSecurityPolicy() {
        String digest = Base64.getEncoder().encodeToString(DigestUtils.sha256(css.getBytes(StandardCharsets.UTF_8)));
        return "default-src 'none'; style-src 'sha256-" + digest + "'; base-uri 'none'; form-action 'none'";
    }
}
