/** From text to tokens: strings and their ids, the vocabulary's lexemes, and the tokenizer. */
package io.trustpipeline.spacy.text;
