package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.transformer.state.StateDict;
import io.trustpipeline.spacy.transformer.state.Tensor;

import java.io.IOException;
import java.util.List;

/** A stretch of packed weights: how long it is, and which tensors it is made of. */
sealed interface Section {

    /** Floats of the section. */
    int size();

    /** Writes the section's floats. */
    void pack(StateDict state, Sink sink) throws IOException;

    /** Receives floats. */
    interface Sink {
        void write(float[] floats, int count) throws IOException;
    }

    /** Rows of embeddings, as they are. */
    record Table(String name, int rows, int width) implements Section {

        private static final int CHUNK = 1 << 18;

        @Override
        public int size() {
            return Math.multiplyExact(rows, width);
        }

        @Override
        public void pack(StateDict state, Sink sink) throws IOException {
            Tensor tensor = state.tensor(name, rows, width);
            float[] chunk = new float[Math.min(CHUNK, size())];
            for (int at = 0; at < size(); at += chunk.length) {
                int count = Math.min(chunk.length, size() - at);
                tensor.read(at, count, chunk, 0);
                sink.write(chunk, count);
            }
        }
    }

    /**
     * Biases or gains of one or more layers, one after the other.
     *
     * @param each numbers of a layer
     * @param spread where the numbers stand; zeros elsewhere
     * @param size rounded up to whole vectors
     */
    record Row(List<String> names, int each, Spread spread, int size) implements Section {
        @Override
        public void pack(StateDict state, Sink sink) throws IOException {
            float[] row = new float[size];
            float[] part = new float[each];
            for (int i = 0; i < names.size(); i++) {
                state.tensor(names.get(i), each).read(0, each, part, 0);
                for (int j = 0; j < each; j++) {
                    row[spread.of(i * each + j)] = part[j];
                }
            }
            sink.write(row, size);
        }
    }

    /**
     * Weights of one or more linear layers that have the same inputs, side by side.
     *
     * @param each outputs of a layer
     * @param inputs inputs of a layer
     * @param outputSpread where the outputs stand
     * @param inputSpread where the inputs stand
     * @param layout the order of the floats
     */
    record Matrix(List<String> names, int each, int inputs, Spread outputSpread, Spread inputSpread, PanelLayout layout)
            implements Section {
        @Override
        public int size() {
            return layout.size();
        }

        @Override
        public void pack(StateDict state, Sink sink) throws IOException {
            // The shapes are known to be true before anything is allocated on their word.
            List<Tensor> tensors =
                    names.stream().map(name -> state.tensor(name, each, inputs)).toList();
            float[] packed = new float[size()];
            float[] weights = new float[inputs];
            for (int i = 0; i < names.size(); i++) {
                for (int output = 0; output < each; output++) {
                    tensors.get(i).read(output * inputs, inputs, weights, 0);
                    layout.place(weights, inputs, inputSpread, outputSpread.of(i * each + output), packed);
                }
            }
            sink.write(packed, packed.length);
        }
    }
}
