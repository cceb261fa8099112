package io.trustpipeline.credits.calculate;

/** Which events count, and what becomes of figures that make no sense. */
public enum Choices {
    /** The same events everywhere; a mode never takes money back. */
    OURS,
    /**
     * As the first notebook: shares without the United States and Canada, messages discounted by the scanned share twice,
     * and modes that blocked more than was expected subtracted.
     */
    ORIGINAL
}
