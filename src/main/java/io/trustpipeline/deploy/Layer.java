package io.trustpipeline.deploy;

/** The stacks of an environment. Each needs outputs of the ones before it. */
enum Layer {
    FOUNDATION("foundation", "-foundation"),
    NETWORK("network", "-network"),
    PIPELINE("trust", ""),
    MONITORING("monitoring", "-monitoring");

    private final String template;
    private final String suffix;

    Layer(String template, String suffix) {
        this.template = template;
        this.suffix = suffix;
    }

    /** The file in {@code cloudformation/}, without its ending. */
    String template() {
        return template;
    }

    /** @param environment {@code dev} or {@code prod} */
    String stackName(String environment) {
        return "trust-pipeline-" + environment + suffix;
    }
}
