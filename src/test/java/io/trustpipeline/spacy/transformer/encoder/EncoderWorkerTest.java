package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.MsgpackValue;
import io.trustpipeline.spacy.transformer.state.HuggingFaceConfig;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EncoderWorkerTest {

    private static TransformerEncoder encoder(String name) throws IOException {
        EncoderGolden golden = EncoderGolden.named(name);
        return TransformerEncoder.load(golden.settings(), golden.state(), WeightCache.none());
    }

    private static List<int[]> windows(TransformerEncoder encoder, int count) {
        Random random = new Random(3);
        List<int[]> windows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            windows.add(
                    random.ints(1 + random.nextInt(encoder.maxPieces()), 0, 53).toArray());
        }
        return windows;
    }

    /** More pieces than are computed at a time, so that windows fall into several batches. */
    @Test
    void a_window_does_not_depend_on_its_companions() throws IOException {
        TransformerEncoder encoder = encoder("roberta");
        List<int[]> windows = windows(encoder, 60);
        float[] together = EncoderGoldenTest.encode(encoder, windows);
        EncoderWorker worker = encoder.newWorker();
        int at = 0;
        for (int[] window : windows) {
            float[] alone = new float[window.length * encoder.stride()];
            worker.encode(window, new int[] {window.length}, 1, alone);
            assertThat(alone).isEqualTo(Arrays.copyOfRange(together, at, at + alone.length));
            at += alone.length;
        }
        assertThat(at).isEqualTo(together.length).isGreaterThan(2 * 768 * encoder.stride());
    }

    @Test
    void threads_share_an_encoder() throws Exception {
        TransformerEncoder encoder = encoder("mpnet");
        List<int[]> windows = windows(encoder, 20);
        float[] expected = EncoderGoldenTest.encode(encoder, windows);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<float[]> task = () -> EncoderGoldenTest.encode(encoder, windows);
            for (Future<float[]> result : pool.invokeAll(List.of(task, task, task, task))) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void no_windows_are_no_work() throws IOException {
        encoder("bert").newWorker().encode(new int[0], new int[0], 0, new float[0]);
    }

    @Test
    void what_cannot_be_encoded_is_refused() throws IOException {
        TransformerEncoder encoder = encoder("roberta");
        EncoderWorker worker = encoder.newWorker();
        float[] out = new float[100 * encoder.stride()];
        assertThat(encoder.maxPieces()).isEqualTo(70);
        assertThatThrownBy(() -> worker.encode(new int[71], new int[] {71}, 1, out))
                .hasMessage("a window of 71 pieces, expected at most 70");
        assertThatThrownBy(() -> worker.encode(new int[] {53}, new int[] {1}, 1, out))
                .hasMessage("piece 53 of 53");
        assertThatThrownBy(() -> worker.encode(new int[] {-1}, new int[] {1}, 1, out))
                .hasMessage("piece -1 of 53");
    }

    @Test
    void what_is_not_computed_is_refused_by_name() throws IOException {
        assertThat(refusal("model_type", new MsgpackValue.Text("deberta-v2"))).contains("the encoder 'deberta-v2'");
        assertThat(refusal("position_embedding_type", new MsgpackValue.Text("relative_key")))
                .contains("position_embedding_type 'relative_key'");
        assertThat(refusal("is_decoder", new MsgpackValue.Bool(true))).contains("'is_decoder'");
        assertThat(refusal("hidden_act", new MsgpackValue.Text("mish"))).contains("the activation 'mish'");
        assertThat(refusal("hidden_size", new MsgpackValue.Int(61))).contains("width 61");
        assertThat(refusal("hidden_size", new MsgpackValue.Int(-1))).contains("hidden_size is -1");
        assertThat(refusal("num_attention_heads", new MsgpackValue.Int(0))).contains("0 heads");
        assertThat(refusal("hidden_size", new MsgpackValue.Nil())).contains("'hidden_size' is missing");
        assertThat(refusal("num_hidden_layers", new MsgpackValue.Int(3)))
                .contains("tensor 'encoder.layer.2.attention.self.query.weight' is missing");
        assertThat(refusal("vocab_size", new MsgpackValue.Int(2_000_000_000))).contains("2^31 weights");
        assertThat(refusal("vocab_size", new MsgpackValue.Int(30_000_000)))
                .contains("has shape [53, 60], its configuration says [30000000, 60]");
    }

    private static String refusal(String key, MsgpackValue value) throws IOException {
        EncoderGolden golden = EncoderGolden.named("roberta");
        MsgpackValue.Fields sound = golden.huggingFace().fields();
        Map<String, MsgpackValue> changed = new LinkedHashMap<>(sound.values());
        changed.put(key, value);
        HuggingFaceConfig config = new HuggingFaceConfig(new MsgpackValue.Fields("transformer/model", changed));
        try {
            TransformerEncoder.load(EncoderSettings.of(config), golden.state(), WeightCache.none());
        } catch (ModelException refused) {
            assertThat(refused.getMessage()).doesNotContain("\n");
            return refused.getMessage();
        }
        throw new AssertionError(key + " = " + value + " was taken");
    }
}
