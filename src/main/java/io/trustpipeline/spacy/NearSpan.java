package io.trustpipeline.spacy;

/**
 * A span whose score is a little below the threshold of its component.
 *
 * @param before how many of the group's spans stand before it in spaCy's order
 */
public record NearSpan(Span span, int before) {}
