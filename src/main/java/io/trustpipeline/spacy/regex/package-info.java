/**
 * The regular expressions that spaCy's tokenizers are written in: Python's {@code re} dialect over the characters that
 * Python knows, matched in time proportional to the text whatever the pattern, without recursion. The JDK's own engine
 * can promise neither: it overflows the stack on a word of a few thousand letters and backtracks over long ones.
 */
package io.trustpipeline.spacy.regex;
