package io.trustpipeline.deploy;

/** The stacks of an environment. Each needs outputs of the ones before it. */
enum Layer {
    FOUNDATION("foundation", "-foundation"),
    NETWORK("network", "-network"),
    DATA("data", "-data"),
    TASKS("tasks", "-tasks"),
    PIPELINE("trust", ""),
    SERVICE("serve", "-serve"),
    MONITORING("monitoring", "-monitoring"),
    /** Only where somebody asked for it. */
    FEATURES("features", "-features");

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

    /** @param environment {@code dev}, {@code stg} or {@code prod} */
    String stackName(String environment) {
        return "trust-pipeline-" + environment + suffix;
    }
}
