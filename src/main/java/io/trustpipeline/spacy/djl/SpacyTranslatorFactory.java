package io.trustpipeline.spacy.djl;

import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import io.trustpipeline.spacy.Categories;
import io.trustpipeline.spacy.Category;
import io.trustpipeline.spacy.Output;
import io.trustpipeline.spacy.SpanGroups;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/**
 * Makes the translators from texts: to {@link SpanGroups}, and, of models loaded with {@value SpacyModel#OUTPUT} {@code
 * categories}, to {@link Categories} or DJL's {@link Classifications}.
 */
public final class SpacyTranslatorFactory implements TranslatorFactory {

    private static final Map<Type, Output> OUTPUTS = Map.of(
            SpanGroups.class, Output.SPANS,
            Categories.class, Output.CATEGORIES,
            Classifications.class, Output.CATEGORIES);

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return Set.of(
                new Pair<>(String.class, SpanGroups.class),
                new Pair<>(String.class, Categories.class),
                new Pair<>(String.class, Classifications.class));
    }

    @Override
    public <I, O> Translator<I, O> newInstance(Class<I> input, Class<O> output, Model model, Map<String, ?> arguments)
            throws TranslateException {
        Output wanted = OUTPUTS.get(output);
        Output given = ((SpacyModel) model).language().output();
        if (wanted != given) {
            throw new TranslateException("the model gives " + given.optionName() + ", not " + output.getSimpleName()
                    + ": load it with option " + SpacyModel.OUTPUT + "="
                    + (wanted == null ? "spans or categories" : wanted.optionName()));
        }
        return new TextTranslator<>(
                result -> output.cast(output == Classifications.class ? classifications((Categories) result) : result));
    }

    private static Classifications classifications(Categories found) {
        return new Classifications(
                found.categories().stream().map(Category::label).toList(),
                found.categories().stream()
                        .map(category -> (double) category.score())
                        .toList());
    }
}
