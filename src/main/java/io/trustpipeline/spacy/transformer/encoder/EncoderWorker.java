package io.trustpipeline.spacy.transformer.encoder;

/** Runs an encoder. Buffers are kept from call to call and bounded; for one thread. */
public final class EncoderWorker {

    EncoderWorker() {}

    /**
     * The last hidden states of several windows. Each is computed as if it were alone; more windows a call are faster.
     *
     * @param ids the pieces of all windows, one window after the other, special pieces included
     * @param lengths pieces of each window, at most {@link TransformerEncoder#maxPieces()}
     * @param windows how many windows there are
     * @param out receives a row for each piece, in the same order, {@link TransformerEncoder#stride()} floats apart
     * @throws IllegalArgumentException when a window is too long or an id is none of the vocabulary
     */
    public void encode(int[] ids, int[] lengths, int windows, float[] out) {
        throw new UnsupportedOperationException();
    }
}
