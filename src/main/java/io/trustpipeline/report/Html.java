package io.trustpipeline.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes HTML in which text cannot become anything else: names of elements and attributes are this program's own, and
 * whatever comes from outside goes through {@link #text} or is an attribute's value, where every character that means
 * something to a browser is escaped. Elements are closed in the order in which HTML wants them, and what comes out is
 * well-formed XML as well.
 *
 * <p>No script can stand in a page; a page of a server may name one. Belongs to one thread.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/syntax.html">HTML, 13.1</a>
 */
final class Html {
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9-]*");
    private static final Set<String> VOID = Set.of("meta", "br", "col");
    /** Browsers read their content as something other than text. */
    private static final Set<String> NOT_TEXT = Set.of("script", "style", "iframe", "noscript", "template", "textarea");

    private static final int REPLACEMENT = 0xFFFD;

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn
     */
    Html open(String element, String... attributes) {
        if (NOT_TEXT.contains(element)) {
            throw new IllegalArgumentException(element + ": its content would not be text");
        }
        start(element, attributes);
        if (VOID.contains(element)) {
            out.setLength(out.length() - 1);
            out.append(" />");
        } else {
            open.push(element);
        }
        return this;
    }

    private void start(String element, String... attributes) {
        out.append('<').append(name(element));
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(name(attributes[i])).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
    }

    Html text(String text) {
        escape(text);
        return this;
    }

    /** Closes the element that was opened last. */
    Html close(String element) {
        if (open.isEmpty() || !open.peek().equals(element)) {
            throw new IllegalStateException("</" + element + "> where " + open + " are open");
        }
        open.pop();
        out.append("</").append(element).append('>');
        return this;
    }

    /** An element with nothing but text in it. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /** A line's end in the source, for whoever reads it. */
    Html line() {
        out.append('\n');
        return this;
    }

    /** The style sheet of the page, which is this program's own. */
    Html style(StyleSheet sheet) {
        start("style");
        out.append(sheet.css()).append("</style>");
        return this;
    }

    /** A script from a place of this program's own server. */
    Html script(String place) {
        start("script", "src", place);
        out.append("</script>");
        return this;
    }

    /** The document; every element must be closed. */
    String document() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("open at the end: " + open);
        }
        return "<!DOCTYPE html>\n" + out + "\n";
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" names no element or attribute");
        }
        return name;
    }

    private void escape(String text) {
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isText(codePoint) ? codePoint : REPLACEMENT);
            }
        });
    }

    /** No control character or noncharacter, which HTML forbids, and no half of a surrogate pair, which UTF-8 has none of. */
    private static boolean isText(int codePoint) {
        int type = Character.getType(codePoint);
        boolean control = type == Character.CONTROL && codePoint != '\n' && codePoint != '\t';
        return !control && type != Character.SURROGATE && (codePoint & 0xFFFE) != 0xFFFE;
    }
}
