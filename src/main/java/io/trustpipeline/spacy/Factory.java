package io.trustpipeline.spacy;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The component factories that this engine computes, under spaCy's names. */
enum Factory {
    TOK2VEC("tok2vec", null),
    TRANSFORMER("transformer", null),
    CURATED_TRANSFORMER("curated_transformer", null),
    SPANCAT("spancat", Output.SPANS),
    SPANCAT_SINGLELABEL("spancat_singlelabel", Output.SPANS),
    SPAN_FINDER("span_finder", Output.SPANS),
    TEXTCAT("textcat", Output.CATEGORIES),
    TEXTCAT_MULTILABEL("textcat_multilabel", Output.CATEGORIES);

    private static final Map<String, Factory> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(factory -> factory.spacyName, Function.identity()));

    /** Components that write no output and do not change what the others read: tokens, their text and tensor. */
    private static final Set<String> BESIDE = Set.of(
            "attribute_ruler",
            "beam_ner",
            "beam_parser",
            "entity_linker",
            "entity_ruler",
            "experimental_edit_tree_lemmatizer",
            "future_entity_ruler",
            "lemmatizer",
            "morphologizer",
            "ner",
            "nn_labeller",
            "parser",
            "sentencizer",
            "senter",
            "tagger",
            "trainable_lemmatizer");

    private static final String SPAN_RULER = "span_ruler";

    private static final Map<String, String> REFUSALS = Map.of(
            SPAN_RULER,
            "writes doc.spans by rules, which are not supported",
            "merge_entities",
            "changes the tokens",
            "merge_noun_chunks",
            "changes the tokens",
            "merge_subtokens",
            "changes the tokens",
            "token_splitter",
            "changes the tokens");

    private final String spacyName;
    private final @Nullable Output output;

    Factory(String spacyName, @Nullable Output output) {
        this.spacyName = spacyName;
        this.output = output;
    }

    /** The factory of a name, if this engine computes it and the output needs it. */
    static Optional<Factory> find(String name, Output wanted) {
        return Optional.ofNullable(BY_NAME.get(name))
                .filter(factory -> factory.output == null || factory.output == wanted);
    }

    /** Whether components of a factory may be left out without changing the output. */
    static boolean isBeside(String name, Output wanted) {
        return BESIDE.contains(name)
                || BY_NAME.containsKey(name)
                || (wanted == Output.CATEGORIES && name.equals(SPAN_RULER));
    }

    /** Whether components of this factory write what is wanted, and not only what others look at. */
    boolean writes(Output wanted) {
        return output == wanted && this != SPAN_FINDER;
    }

    /** Why components of a factory that is neither computed nor beside are refused. */
    static String refusal(String name) {
        return REFUSALS.getOrDefault(name, "is unknown: it could write doc.spans or change the tokens");
    }
}
