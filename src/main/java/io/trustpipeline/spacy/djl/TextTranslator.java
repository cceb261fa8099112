package io.trustpipeline.spacy.djl;

import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import ai.djl.util.passthrough.PassthroughNDArray;

import java.util.function.Function;

/** Hands texts to the engine, and its results to the caller in the type that was asked for. */
final class TextTranslator<I, O> implements Translator<I, O> {

    private final Function<Object, O> result;

    /** @param result from the engine's result to the caller's type */
    TextTranslator(Function<Object, O> result) {
        this.result = result;
    }

    @Override
    public Batchifier getBatchifier() {
        return new TextBatchifier();
    }

    @Override
    public NDList processInput(TranslatorContext context, I text) {
        return new NDList(new PassthroughNDArray(text));
    }

    @Override
    public O processOutput(TranslatorContext context, NDList output) {
        return result.apply(((PassthroughNDArray) output.singletonOrThrow()).getObject());
    }
}
