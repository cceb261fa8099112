package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.Language;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.TestModels;
import io.trustpipeline.spacy.transformer.encoder.WeightCache;
import io.trustpipeline.spacy.transformer.state.ShimFile;
import io.trustpipeline.spacy.transformer.state.TransformerFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WindowEncoderTest {

    private static final StridedSpans SPANS = new StridedSpans(24, 10);

    @TempDir
    private Path temporary;

    private Path model(String folder) throws IOException {
        return TestModels.transformers()
                .filter(fixture -> fixture.name().equals("roberta-48"))
                .findFirst()
                .orElseThrow()
                .directory(Files.createDirectory(temporary.resolve(folder)));
    }

    @Test
    void parts_of_a_document_in_any_order_have_the_rows_of_the_whole() throws Exception {
        Path model = model("whole");
        Transformer transformer = Transformer.of(
                TransformerFile.read(ShimFile.open(model.resolve("transformer/model"))), SPANS, WeightCache.none());
        Doc doc = Language.load(model, Language.Options.DEFAULT)
                .newSession()
                .tokenize("The nurses were kind, and nobody rushed us. ".repeat(30));
        int width = transformer.encoder().width();
        float[] whole = rows(new WindowEncoder(transformer), doc, 0, doc.length(), width);
        WindowEncoder sliding = new WindowEncoder(transformer);
        for (int[] part : new int[][] {{0, 40}, {30, 90}, {90, 91}, {200, 260}, {5, 60}, {55, 120}}) {
            float[] expected = Arrays.copyOfRange(whole, part[0] * width, part[1] * width);
            assertThat(rows(sliding, doc, part[0], part[1], width))
                    .as(part[0] + " to " + part[1])
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(expected);
        }
    }

    private static float[] rows(WindowEncoder encoder, Doc doc, int from, int to, int width) {
        float[] rows = new float[(to - from) * width];
        encoder.cover(doc, from, to);
        encoder.pool(from, to, Pooling.MEAN, rows, 0, width);
        return rows;
    }

    @Test
    void windows_that_are_not_known_are_refused() throws Exception {
        assertRefused("stride = 48", "stride = 49", "window 48 and stride 49, expected 1 <= stride <= window");
        assertRefused("strided_spans.v1", "own_spans.v1", "span getter 'spacy-transformers.own_spans.v1'");
    }

    private void assertRefused(String written, String instead, String message) throws Exception {
        Path model = model(instead.replaceAll("\\W", ""));
        Path config = model.resolve("config.cfg");
        String text = Files.readString(config, StandardCharsets.UTF_8);
        assertThat(text).contains(written);
        Files.writeString(config, text.replace(written, instead), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Language.load(model, Language.Options.DEFAULT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("config.cfg");
    }
}
