package io.trustpipeline.spacy.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;

/** Texts side by side: the engine itself decides which of them it computes together. */
final class TextBatchifier implements Batchifier {
    private static final long serialVersionUID = 1L;

    @Override
    public NDList batchify(NDList[] inputs) {
        NDList batch = new NDList(inputs.length);
        for (NDList input : inputs) {
            batch.add(input.singletonOrThrow());
        }
        return batch;
    }

    @Override
    public NDList[] unbatchify(NDList outputs) {
        NDList[] single = new NDList[outputs.size()];
        for (int i = 0; i < single.length; i++) {
            NDArray output = outputs.get(i);
            single[i] = new NDList(output);
        }
        return single;
    }
}
