package io.trustpipeline.config;

/** A setting's value as somebody wrote it, and where. */
record Given(String value, String origin, Layer layer) {

    /** From the lowest to the highest. */
    enum Layer {
        DEFAULT,
        FILE,
        ENVIRONMENT,
        OVERRIDE
    }

    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
        return "a value from " + origin;
    }
}
