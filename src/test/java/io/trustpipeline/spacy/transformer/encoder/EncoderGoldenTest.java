package io.trustpipeline.spacy.transformer.encoder;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Every family of encoders against PyTorch. */
class EncoderGoldenTest {

    static final List<String> NAMES = EncoderGolden.NAMES;

    private static final List<EncoderKernels> BOTH =
            List.of(ScalarEncoderKernels.INSTANCE, VectorEncoderKernels.INSTANCE);

    @ParameterizedTest
    @FieldSource("NAMES")
    void hidden_states_are_those_of_pytorch(String name) throws IOException {
        EncoderGolden golden = EncoderGolden.named(name);
        for (EncoderKernels kernels : BOTH) {
            TransformerEncoder encoder =
                    TransformerEncoder.load(golden.settings(), golden.state(), WeightCache.none(), kernels);
            float[] out = encode(encoder, golden.windows());
            int row = 0;
            double worst = 0;
            for (float[] rows : golden.hidden()) {
                for (int i = 0; i < rows.length; i++) {
                    int at = (row + i / encoder.width()) * encoder.stride() + i % encoder.width();
                    worst = Math.max(worst, Math.abs(out[at] - rows[i]));
                }
                row += rows.length / encoder.width();
            }
            assertThat(worst).as("%s, %d lanes", name, kernels.lanes()).isLessThan(5e-6);
        }
    }

    static float[] encode(TransformerEncoder encoder, List<int[]> windows) {
        int[] ids = windows.stream().flatMapToInt(java.util.Arrays::stream).toArray();
        int[] lengths = windows.stream().mapToInt(window -> window.length).toArray();
        float[] out = new float[ids.length * encoder.stride()];
        encoder.newWorker().encode(ids, lengths, lengths.length, out);
        return out;
    }
}
