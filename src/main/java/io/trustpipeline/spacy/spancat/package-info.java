/** From vectors to labelled spans: suggesters, the span reducer, scoring, and what becomes of the scores. */
package io.trustpipeline.spacy.spancat;
