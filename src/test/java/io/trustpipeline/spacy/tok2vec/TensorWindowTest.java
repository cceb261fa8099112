package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.TestModels;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.Layer;
import io.trustpipeline.spacy.nn.Steps;
import io.trustpipeline.spacy.nn.ThincModel;
import io.trustpipeline.spacy.text.Tokenizer;
import io.trustpipeline.spacy.text.Vocab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class TensorWindowTest {

    private static final Transformers NO_TRANSFORMERS = new Transformers() {
        @Override
        public Tok2Vec heard(Layer listener, String reduction) {
            throw listener.unsupported(reduction);
        }

        @Override
        public Tok2Vec own(Layer layer, String reduction) {
            throw layer.unsupported(reduction);
        }
    };

    private static final int TOKENS = 1_500;

    @TempDir
    Path temporary;

    @Test
    void any_part_of_a_document_has_the_rows_that_the_whole_has() {
        Path directory = TestModels.named("x-legacy").directory(temporary);
        Vocab vocab = Vocab.read(directory);
        Random random = new Random(7);
        String[] words = {"pain", "Nurse", "the", "2", "!", "kindness", "ER", "waiting", "\n"};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < TOKENS; i++) {
            text.append(words[random.nextInt(words.length)]).append(' ');
        }
        Doc doc = Tokenizer.read(directory, vocab).tokenize(text.toString());
        Path model = directory.resolve("tok2vec").resolve("model");
        Steps network = ThincModel.read(model);
        Tok2Vec tok2vec =
                new Tok2VecReader("test", Kernels.preferred(), vocab.vectors(), NO_TRANSFORMERS).read(network, null);
        int stride = tok2vec.stride();
        float[] whole = new float[doc.length() * stride];
        tok2vec.newEncoder().encode(doc, 0, doc.length(), whole, 0);

        TensorWindow window = new TensorWindow(tok2vec);
        window.open(doc);
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(doc.length());
            int to = Math.min(doc.length(), from + 1 + random.nextInt(i % 10 == 0 ? 700 : 40));
            window.cover(from, to);
            float[] part = Arrays.copyOfRange(window.rows(), window.offset(from), window.offset(to));
            assertThat(part).isEqualTo(Arrays.copyOfRange(whole, from * stride, to * stride));
        }
    }
}
