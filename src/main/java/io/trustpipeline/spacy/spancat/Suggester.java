package io.trustpipeline.spacy.spancat;

/** Says which spans of a document are scored (the {@code suggester} of a spancat). Immutable. */
public sealed interface Suggester permits NgramSuggester, PresetSuggester {

    /** How many slots its candidates fall into; see {@link CandidateTile}. */
    int slots();

    /** Whether a token is, as a rule, in several candidates. */
    boolean sharesTokens();

    /** A stream over the candidates of a document, to be opened for each one, for one thread. */
    CandidateStream newStream();

    /** In words, for people. */
    String describe();
}
