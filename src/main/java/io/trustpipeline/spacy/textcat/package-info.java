/** Text categorizers: from the tokens of a document, or the rows of its tensor, to a score for each label. */
package io.trustpipeline.spacy.textcat;
