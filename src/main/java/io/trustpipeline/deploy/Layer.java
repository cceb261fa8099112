package io.trustpipeline.deploy;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The stacks of an environment. Each needs outputs of the ones before it. */
enum Layer {
    FOUNDATION("foundation", "-foundation"),
    NETWORK("network", "-network"),
    DATA("data", "-data"),
    TASKS("tasks", "-tasks"),
    PIPELINE("trust", ""),
    SERVICE("serve", "-serve"),
    MONITORING("monitoring", "-monitoring"),
    /** Only where somebody asked for it, by naming its rows. */
    FEATURES("features", "-features", "FeaturesInput", true),
    /** Only where somebody asked for it, by naming its database. */
    TRANSCRIPTS("transcripts", "-transcripts", "TranscriptsDatabaseUrl", true),
    /** Only where somebody asked for it, by naming its warehouse. */
    CREDITS("credits", "-credits", "CreditsWarehouseUrl", false);

    private final String template;
    private final String suffix;
    private final @Nullable String asked;
    private final boolean stateMachine;

    Layer(String template, String suffix) {
        this(template, suffix, null, false);
    }

    Layer(String template, String suffix, @Nullable String asked, boolean stateMachine) {
        this.template = template;
        this.suffix = suffix;
        this.asked = asked;
        this.stateMachine = stateMachine;
    }

    /** The layers that are deployed only where somebody asks for them. */
    static List<Layer> optional() {
        return Arrays.stream(values()).filter(layer -> layer.asked != null).toList();
    }

    /** The parameter by which an optional layer is asked for. */
    String askedBy() {
        return Objects.requireNonNull(asked);
    }

    /** The parameter that says where an optional layer's state machine lies, if it has one. */
    Optional<String> definitionKey() {
        return stateMachine
                ? Optional.of(
                        template.substring(0, 1).toUpperCase(Locale.ROOT) + template.substring(1) + "DefinitionKey")
                : Optional.empty();
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
