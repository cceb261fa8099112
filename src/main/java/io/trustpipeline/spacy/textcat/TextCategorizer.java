package io.trustpipeline.spacy.textcat;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** spaCy's {@code textcat} and {@code textcat_multilabel}: a score for each label of a document. Immutable. */
public final class TextCategorizer {

    private final List<String> labels;
    private final List<DocumentLayer> layers;
    private final @Nullable OutputLayer output;

    /**
     * A categorizer.
     *
     * @param layers their rows stand side by side
     * @param output null when the one layer's row is the scores
     */
    TextCategorizer(List<String> labels, List<DocumentLayer> layers, @Nullable OutputLayer output) {
        this.labels = List.copyOf(labels);
        this.layers = List.copyOf(layers);
        this.output = output;
    }

    /** In the order of the scores. */
    public List<String> labels() {
        return labels;
    }

    /** What it hears, if it looks at a tensor. */
    public Optional<Tok2Vec> tok2vec() {
        return layers.stream()
                .map(DocumentLayer::tok2vec)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * A worker with its own workspace, for one thread.
     *
     * @param windows gives the thread's window over the tensors of a tok2vec
     */
    public Worker newWorker(Function<Tok2Vec, TensorWindow> windows) {
        return new Worker(layers.stream().map(layer -> layer.newWorker(windows)).toList());
    }

    /** One thread's half of the component. */
    public final class Worker {

        private final List<DocumentLayer.Worker> workers;
        private final float[] row =
                new float[layers.stream().mapToInt(DocumentLayer::width).sum()];
        private final float[] scores = new float[labels.size()];

        private Worker(List<DocumentLayer.Worker> workers) {
            this.workers = workers;
        }

        /** Puts the scores of a document to which the windows are open; those of one without tokens are zeros. */
        public void categorize(Doc doc, Map<String, Float> categories) {
            if (doc.length() > 0) {
                score(doc);
            }
            for (int label = 0; label < scores.length; label++) {
                categories.put(labels.get(label), doc.length() == 0 ? 0 : scores[label]);
            }
        }

        private void score(Doc doc) {
            int at = 0;
            for (int i = 0; i < workers.size(); i++) {
                workers.get(i).write(doc, row, at);
                at += layers.get(i).width();
            }
            if (output == null) {
                System.arraycopy(row, 0, scores, 0, scores.length);
            } else {
                output.apply(row, row.length, scores);
            }
        }
    }
}
