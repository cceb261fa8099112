package io.trustpipeline.transcripts.score;

/**
 * A word of a text.
 *
 * @param form in lower case, NFC, with a straight apostrophe
 * @param start char index in the text
 * @param end char index behind it
 */
record Word(String form, int start, int end) {}
