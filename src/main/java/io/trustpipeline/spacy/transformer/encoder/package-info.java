/** Transformer encoders: piece ids in, last hidden states out. */
package io.trustpipeline.spacy.transformer.encoder;
