package io.trustpipeline.spacy.transformer.encoder;

/** The gain and the bias of a layer normalisation. Immutable. */
@SuppressWarnings("ArrayRecordComponent")
record Norm(float[] gain, float[] bias) {}
