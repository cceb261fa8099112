/** From tokens to vectors: embedding, convolution, and the window over a document's tensor that other components read. */
package io.trustpipeline.spacy.tok2vec;
