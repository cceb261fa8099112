package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Doc;

/**
 * The windows of a document in tokens, as {@code spacy-transformers.strided_spans.v1} makes them: one every
 * {@code stride} tokens, {@code window} long, until one reaches the end. What is left after the last whole stride is one
 * window, however long. With a stride longer than the window, tokens between windows have no pieces.
 *
 * @param window tokens in a window
 * @param stride tokens from the start of a window to the start of the next
 */
public record StridedSpans(int window, int stride) implements SpanGetter {

    /** {@code doc_spans.v1}: the whole document in one window. */
    public static final StridedSpans DOCUMENT = new StridedSpans(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Checks the sizes. */
    public StridedSpans {
        if (window < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    "window " + window + " and stride " + stride + ", expected at least 1 and 1");
        }
    }

    /** How many windows a document of this many tokens has. */
    public int count(int tokens) {
        int whole = tokens / stride;
        long reach = Math.max(0L, (long) tokens - window + stride - 1) / stride;
        if (reach < whole) {
            return (int) reach + 1;
        }
        return tokens % stride == 0 ? whole : whole + 1;
    }

    /** The first token of a window. */
    public int start(int index) {
        return index * stride;
    }

    /** The token after a window's last. */
    public int end(int index, int tokens) {
        boolean rest = index == tokens / stride;
        return rest ? tokens : (int) Math.min((long) start(index) + window, tokens);
    }

    /** The first window that may hold a token. */
    int firstWith(int token, int tokens) {
        int first = (int) (Math.max(0L, (long) token - window + stride) / stride);
        int last = token / stride;
        return Math.min(Math.min(first, last), Math.max(0, count(tokens) - 1));
    }

    /** The window after the last that starts before a token. */
    int lastBefore(int token, int tokens) {
        return (int) Math.min(((long) token + stride - 1) / stride, count(tokens));
    }

    @Override
    public Windows of(Doc doc) {
        return new Strides(this, doc.length());
    }

    @Override
    public String describe() {
        return equals(DOCUMENT) ? "a window a document" : "window " + window + ", stride " + stride;
    }

    /** The windows of a document of so many tokens. */
    private record Strides(StridedSpans spans, int tokens) implements Windows {

        @Override
        public int count() {
            return spans.count(tokens);
        }

        @Override
        public int start(int index) {
            return spans.start(index);
        }

        @Override
        public int end(int index) {
            return spans.end(index, tokens);
        }

        @Override
        public int firstWith(int token) {
            return spans.firstWith(token, tokens);
        }

        @Override
        public int lastBefore(int token) {
            return spans.lastBefore(token, tokens);
        }
    }
}
