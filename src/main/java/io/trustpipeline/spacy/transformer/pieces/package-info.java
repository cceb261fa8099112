/** From text to word pieces, as Hugging Face's tokenizers cut it: byte-level BPE, WordPiece, added tokens, offsets. */
package io.trustpipeline.spacy.transformer.pieces;
