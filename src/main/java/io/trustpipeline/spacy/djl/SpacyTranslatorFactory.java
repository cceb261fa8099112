package io.trustpipeline.spacy.djl;

import ai.djl.Model;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import ai.djl.util.passthrough.PassthroughTranslator;
import io.trustpipeline.spacy.SpanGroups;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/** Makes the translator from texts to spans, which passes both through as they are. */
public final class SpacyTranslatorFactory implements TranslatorFactory {

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return Set.of(new Pair<>(String.class, SpanGroups.class));
    }

    @Override
    public <I, O> Translator<I, O> newInstance(Class<I> input, Class<O> output, Model model, Map<String, ?> arguments) {
        return new PassthroughTranslator<>();
    }
}
