/** Transformers as spacy-transformers saves them: windows over a document, alignment of pieces to tokens, pooling. */
package io.trustpipeline.spacy.transformer;
