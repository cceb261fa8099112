package io.trustpipeline.spacy.djl;

import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import ai.djl.util.passthrough.PassthroughNDArray;
import io.trustpipeline.spacy.Categories;
import io.trustpipeline.spacy.Category;

/** From a text to DJL's own type for the scores of classes. */
final class ClassificationsTranslator implements NoBatchifyTranslator<String, Classifications> {

    @Override
    public NDList processInput(TranslatorContext context, String text) {
        return new NDList(new PassthroughNDArray(text));
    }

    @Override
    public Classifications processOutput(TranslatorContext context, NDList output) {
        Categories found = (Categories) ((PassthroughNDArray) output.singletonOrThrow()).getObject();
        return new Classifications(
                found.categories().stream().map(Category::label).toList(),
                found.categories().stream()
                        .map(category -> (double) category.score())
                        .toList());
    }
}
