/** What a wrapped PyTorch model leaves in a thinc model file: its configuration, its tokenizer's files, its tensors. */
package io.trustpipeline.spacy.transformer.state;
