package io.trustpipeline.spacy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The component factories that this engine computes, under spaCy's names. */
enum Factory {
    TOK2VEC("tok2vec"),
    TRANSFORMER("transformer"),
    SPANCAT("spancat"),
    SPANCAT_SINGLELABEL("spancat_singlelabel"),
    SPAN_FINDER("span_finder");

    private static final Map<String, Factory> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(factory -> factory.spacyName, Function.identity()));

    /** Components that neither write {@code doc.spans} nor change what the others read: tokens, their text and tensor. */
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
            "textcat",
            "textcat_multilabel",
            "trainable_lemmatizer");

    private static final Map<String, String> REFUSALS = Map.of(
            "span_ruler", "writes doc.spans by rules, which are not supported",
            "merge_entities", "changes the tokens",
            "merge_noun_chunks", "changes the tokens",
            "merge_subtokens", "changes the tokens",
            "token_splitter", "changes the tokens",
            "curated_transformer", "cuts pieces token by token and averages windows, which is not supported");

    private final String spacyName;

    Factory(String spacyName) {
        this.spacyName = spacyName;
    }

    /** The factory of a name, if this engine computes it. */
    static Optional<Factory> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Whether components of a factory may be left out without changing any span. */
    static boolean isBeside(String name) {
        return BESIDE.contains(name);
    }

    /** Why components of a factory that is neither computed nor beside are refused. */
    static String refusal(String name) {
        return REFUSALS.getOrDefault(name, "is unknown: it could write doc.spans or change the tokens");
    }
}
