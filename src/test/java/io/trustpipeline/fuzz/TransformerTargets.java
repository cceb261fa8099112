package io.trustpipeline.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trustpipeline.score.ModelInputs;
import io.trustpipeline.spacy.Output;
import io.trustpipeline.spacy.TestModels;
import io.trustpipeline.spacy.transformer.pieces.PieceTokenizerReader;
import io.trustpipeline.spacy.transformer.pieces.Pieces;
import io.trustpipeline.spacy.transformer.state.ModelFile;
import io.trustpipeline.spacy.transformer.state.ShimFile;
import io.trustpipeline.spacy.transformer.state.StateDict;
import io.trustpipeline.spacy.transformer.state.TransformerFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What a transformer's folder is made of: tokenizers of all kinds, pickles in archives, and the whole of it. */
record TransformerTargets(Path resources, Path folder) {
    private static final int[] TEXT =
            "The Ｎurse'S kind, 🙂 unbelievably ﬁne\u0301 \t staff!".codePoints().toArray();
    private static final String SENTENCE_PIECE = "sentencepiece.bpe.model";

    List<Target> all() throws IOException {
        return List.of(tokenizers(), sentencePiece(), archive(), wholeFolders());
    }

    /** A tokenizer's files, one of which is damaged. */
    private record Damaged(JsonNode tokenizer, String file) {
        byte[] sound() throws IOException {
            return tokenizer.path("files").path(file).binaryValue();
        }

        void read(byte[] input) throws IOException {
            Map<String, ByteBuffer> files = new HashMap<>();
            for (Map.Entry<String, JsonNode> each : tokenizer.path("files").properties()) {
                files.put(each.getKey(), ByteBuffer.wrap(each.getValue().binaryValue()));
            }
            files.put(file, ByteBuffer.wrap(input));
            boolean fast = tokenizer.path("fast").asBoolean();
            PieceTokenizerReader.read(files, fast, "", 512, "model").tokenize(TEXT, new Pieces());
        }
    }

    private JsonNode tokenizer(String name) throws IOException {
        Path golden = resources.resolve("pieces/" + name + ".json.gz");
        try (InputStream json = new GZIPInputStream(Files.newInputStream(golden))) {
            return new ObjectMapper().readTree(json);
        }
    }

    private Target tokenizers() throws IOException {
        List<Damaged> choices = new ArrayList<>();
        List<byte[]> sound = new ArrayList<>();
        for (String name : List.of("roberta", "bert", "xlm-roberta", "bert-slow", "mpnet-slow", "camembert-slow")) {
            JsonNode tokenizer = tokenizer(name);
            for (Map.Entry<String, JsonNode> file : tokenizer.path("files").properties()) {
                if (!file.getKey().equals(SENTENCE_PIECE)) {
                    Damaged choice = new Damaged(tokenizer, file.getKey());
                    choices.add(choice);
                    sound.add(choice.sound());
                }
            }
        }
        List<String> words =
                List.of("\"type\": ", "null", "-1", "1e999", "[", "{\"a\":", "[[\"a\", ", "\"\\u2581\"", "\n");
        return Target.ofSeveral("tokenizer.json and others", sound, words, (which, input) -> choices.get(which)
                .read(input));
    }

    private Target sentencePiece() throws IOException {
        Damaged model = new Damaged(tokenizer("xlm-roberta-slow"), SENTENCE_PIECE);
        return new Target("SentencePiece model", List.of(model.sound()), List.of(), model::read);
    }

    /** A file of a transformer, down to its tensors' numbers. */
    private Target archive() throws IOException {
        byte[] weights = Files.readAllBytes(resources.resolve("encoders/bert-silu.pt"));
        Path file = folder.resolve("transformer");
        return new Target(
                "pickle and its archive",
                List.of(ModelFile.of(ModelFile.config(), weights)),
                List.of("cos\nsystem\n", "R.", "PK\u0003\u0004"),
                input -> {
                    StateDict state = TransformerFile.read(ShimFile.open(Files.write(file, input)))
                            .state();
                    float[] row = new float[16];
                    state.tensor("embeddings.LayerNorm.weight", 16).read(0, 16, row, 0);
                    state.tensor("embeddings.word_embeddings.weight", 53, 16).read(52 * 16, 16, row, 0);
                    state.tensor("encoder.layer.1.output.dense.weight", 16, 16).read(0, 16, row, 0);
                });
    }

    /** Every file of two pipelines, one for spans and one for categories. */
    private Target wholeFolders() throws IOException {
        Path spans = TestModels.unpack(resources.resolve("transformer/roberta-own.tar.gz"), folder.resolve("spans"));
        Path categories = TestModels.unpack(
                resources.resolve("textcat/ensemble-transformer.tar.gz"), folder.resolve("categories"));
        List<Path> files = new ArrayList<>();
        List<byte[]> sound = new ArrayList<>();
        for (Path model : List.of(spans, categories)) {
            try (Stream<Path> walk = Files.walk(model)) {
                for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                    files.add(file);
                    sound.add(Files.readAllBytes(file));
                }
            }
        }
        return Target.ofSeveral("whole pipeline", sound, List.of(), (which, input) -> {
            Path file = files.get(which);
            Files.write(file, input);
            try {
                boolean ofSpans = file.startsWith(spans);
                ModelInputs.pipeline(
                        ofSpans ? spans : categories,
                        folder.resolve("weights"),
                        ofSpans ? Output.SPANS : Output.CATEGORIES);
            } finally {
                Files.write(file, sound.get(which));
            }
        });
    }
}
