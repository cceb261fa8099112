package io.trustpipeline.spacy;

/**
 * A labelled stretch of a document.
 *
 * @param start index of the first token
 * @param end index after the last token
 * @param startChar offset of the first character in the text, in Unicode code points
 * @param endChar offset after the last character, in Unicode code points; a space after the last token is outside
 * @param label the span's label, empty when a component found the span without naming it
 * @param score what the component gave it, between 0 and 1
 */
public record Span(int start, int end, int startChar, int endChar, String label, float score) {}
