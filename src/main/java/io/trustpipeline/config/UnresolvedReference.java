package io.trustpipeline.config;

/** There is nothing where a reference points. Says why, without quoting any value. */
final class UnresolvedReference extends Exception {
    private static final long serialVersionUID = 1L;

    UnresolvedReference(String reason) {
        super(reason);
    }
}
