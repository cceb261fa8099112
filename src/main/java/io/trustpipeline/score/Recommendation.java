package io.trustpipeline.score;

/**
 * What the recommend model says of a span's text.
 *
 * @param label its best label
 * @param confidence the label's score
 */
public record Recommendation(String label, double confidence) {}
