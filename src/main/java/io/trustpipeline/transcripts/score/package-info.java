/**
 * Skills of pupils, scored from what they said: by cue lists of our own, or by SpanCat models of spaCy.
 *
 * <p>Scores are decimals, not binary fractions: the same input and lists give the same bytes everywhere.
 */
@NullMarked
package io.trustpipeline.transcripts.score;

import org.jspecify.annotations.NullMarked;
