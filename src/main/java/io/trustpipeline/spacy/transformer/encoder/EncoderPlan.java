package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.transformer.encoder.Section.Matrix;
import io.trustpipeline.spacy.transformer.encoder.Section.Row;
import io.trustpipeline.spacy.transformer.encoder.Section.Table;
import io.trustpipeline.spacy.transformer.encoder.TensorNames.LayerNames;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All weights of an encoder, in the order in which they are packed. */
record EncoderPlan(
        Table words,
        Table positions,
        @Nullable Table types,
        @Nullable Table buckets,
        NormPlan norm,
        @Nullable LinearPlan projection,
        List<LayerPlan> layers) {

    record LinearPlan(Matrix weights, Row bias) {
        Stream<Section> sections() {
            return Stream.of(weights, bias);
        }
    }

    record NormPlan(Row gain, Row bias) {
        Stream<Section> sections() {
            return Stream.of(gain, bias);
        }
    }

    record LayerPlan(
            LinearPlan queryKeyValue,
            LinearPlan attention,
            NormPlan attentionNorm,
            LinearPlan expansion,
            LinearPlan contraction,
            NormPlan norm) {
        Stream<Section> sections() {
            return Stream.of(
                            queryKeyValue.sections(),
                            attention.sections(),
                            attentionNorm.sections(),
                            expansion.sections(),
                            contraction.sections(),
                            norm.sections())
                    .flatMap(sections -> sections);
        }
    }

    static EncoderPlan of(EncoderSettings settings, TensorNames names, int lanes) {
        return new Planner(settings, lanes).plan(names);
    }

    /** The sections in the order in which they are packed. */
    List<Section> sections() {
        List<Section> sections = new ArrayList<>(List.of(words, positions));
        if (types != null) {
            sections.add(types);
        }
        if (buckets != null) {
            sections.add(buckets);
        }
        norm.sections().forEach(sections::add);
        if (projection != null) {
            projection.sections().forEach(sections::add);
        }
        layers.stream().flatMap(LayerPlan::sections).forEach(sections::add);
        return sections;
    }

    private record Planner(EncoderSettings settings, int lanes) {

        EncoderPlan plan(TensorNames names) {
            int embedding = settings.embedding();
            int width = settings.width();
            return new EncoderPlan(
                    new Table(names.words(), settings.vocabulary(), embedding),
                    new Table(names.positions(), settings.positions(), embedding),
                    settings.types() == 0 ? null : new Table(names.types(), settings.types(), embedding),
                    settings.buckets() == 0 ? null : new Table(names.buckets(), settings.buckets(), settings.heads()),
                    norm(names.norm(), embedding),
                    embedding == width ? null : linear(names.projection(), embedding, width),
                    names.layers().stream().map(this::layer).toList());
        }

        /** Heads are given whole vectors, so that each begins at one. */
        private LayerPlan layer(LayerNames names) {
            int width = settings.width();
            int head = width / settings.heads();
            Spread heads = new Spread(head, ceil(head));
            List<String> parts = names.queryKeyValue();
            return new LayerPlan(
                    linear(parts, 3 * width / parts.size(), width, heads, Spread.none(width)),
                    linear(List.of(names.attention()), width, width, Spread.none(width), heads),
                    norm(names.attentionNorm(), width),
                    linear(names.expansion(), width, settings.intermediate()),
                    linear(names.contraction(), settings.intermediate(), width),
                    norm(names.norm(), width));
        }

        private LinearPlan linear(String name, int inputs, int outputs) {
            return linear(List.of(name), outputs, inputs, Spread.none(outputs), Spread.none(inputs));
        }

        private LinearPlan linear(List<String> names, int each, int inputs, Spread outputSpread, Spread inputSpread) {
            int outputs = ceil(outputSpread.size(names.size() * each));
            PanelLayout layout = new PanelLayout(inputSpread.size(inputs), outputs, lanes);
            return new LinearPlan(
                    new Matrix(suffixed(names, ".weight"), each, inputs, outputSpread, inputSpread, layout),
                    new Row(suffixed(names, ".bias"), each, outputSpread, outputs));
        }

        private NormPlan norm(String name, int width) {
            return new NormPlan(
                    new Row(List.of(name + ".weight"), width, Spread.none(width), ceil(width)),
                    new Row(List.of(name + ".bias"), width, Spread.none(width), ceil(width)));
        }

        private static List<String> suffixed(List<String> names, String suffix) {
            return names.stream().map(name -> name + suffix).toList();
        }

        private int ceil(int n) {
            return (n + lanes - 1) / lanes * lanes;
        }
    }
}
