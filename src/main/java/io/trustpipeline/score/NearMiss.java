package io.trustpipeline.score;

/**
 * A span that a slightly lower threshold would have kept, trimmed and flagged as the post-rules do with a span that no
 * other overlaps. It is kept aside, so that another threshold can be tried without scoring again.
 *
 * @param before how many of the spans that were kept stand before it in the model's order
 */
public record NearMiss(ThemeSpan span, int before) {
    /** Spans are kept aside from this share of their threshold on. */
    public static final float SHARE = 0.8f;

    NearMiss after(int spans) {
        return new NearMiss(span, before + spans);
    }
}
