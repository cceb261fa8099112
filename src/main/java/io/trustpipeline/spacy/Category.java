package io.trustpipeline.spacy;

/**
 * A label of a whole document.
 *
 * @param label as the text categorizer has it
 * @param score what the component gave it: between 0 and 1 unless the model was trained without an output layer
 */
public record Category(String label, float score) {}
