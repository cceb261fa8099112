/**
 * Transcripts of any format as utterances, each with its physical line, and their speakers as pupils of a roster.
 *
 * <p>Offsets count Unicode code points. Everything that is refused says file and line, never what was said.
 */
@NullMarked
package io.trustpipeline.transcripts.read;

import org.jspecify.annotations.NullMarked;
