package io.trustpipeline.spacy.transformer.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trustpipeline.spacy.config.Msgpack;
import io.trustpipeline.spacy.config.MsgpackValue;
import io.trustpipeline.spacy.transformer.state.HuggingFaceConfig;
import io.trustpipeline.spacy.transformer.state.StateDict;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A small random encoder of {@code bench/make_encoder_golden.py}, and what PyTorch computes with it in float64.
 *
 * @param hidden for each window a row for each piece
 */
@SuppressWarnings("ArrayRecordComponent")
record EncoderGolden(String name, JsonNode config, List<int[]> windows, List<float[]> hidden) {

    static final List<String> NAMES = List.of(
            "roberta",
            "roberta-blocks",
            "xlm-roberta",
            "camembert",
            "bert",
            "bert-odd",
            "bert-silu",
            "bert-half",
            "bert-bfloat16",
            "bert-shared",
            "distilbert",
            "electra",
            "electra-narrow",
            "mpnet",
            "curated-bert",
            "curated-roberta");

    private static final Path FOLDER = Path.of("src/test/resources/spacy/encoders");

    static EncoderGolden named(String name) throws IOException {
        JsonNode golden;
        try (InputStream in =
                new GZIPInputStream(java.nio.file.Files.newInputStream(FOLDER.resolve(name + ".json.gz")))) {
            golden = new ObjectMapper().readTree(in);
        }
        List<int[]> windows = new ArrayList<>();
        golden.get("windows").forEach(window -> {
            int[] ids = new int[window.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = window.get(i).asInt();
            }
            windows.add(ids);
        });
        List<float[]> hidden = new ArrayList<>();
        golden.get("hidden").forEach(rows -> {
            byte[] bytes = Base64.getDecoder().decode(rows.asText());
            float[] floats = new float[bytes.length / Float.BYTES];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(floats);
            hidden.add(floats);
        });
        return new EncoderGolden(name, golden.get("config"), windows, hidden);
    }

    static Path archive(String name) {
        return FOLDER.resolve(name + ".pt");
    }

    StateDict state() {
        return StateDict.open(archive(name));
    }

    EncoderSettings settings() throws IOException {
        return config.has("family") ? curated() : EncoderSettings.of(huggingFace());
    }

    private EncoderSettings curated() {
        return new EncoderSettings(
                Family.valueOf(config.get("family").asText()),
                config.get("hidden_width").asInt(),
                config.get("num_hidden_layers").asInt(),
                config.get("num_attention_heads").asInt(),
                config.get("intermediate_width").asInt(),
                config.get("embedding_width").asInt(),
                config.get("vocab_size").asInt(),
                config.get("max_position_embeddings").asInt(),
                config.get("family").asText().equals("CURATED_BERT") ? 2 : 1,
                config.get("padding_idx").asInt(),
                0,
                Activation.GELU,
                config.get("family").asText().equals("CURATED_BERT") ? 1e-12 : 1e-5);
    }

    /** The configuration as spacy-transformers packs it. */
    HuggingFaceConfig huggingFace() throws IOException {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            pack(config, packer);
            return new HuggingFaceConfig((MsgpackValue.Fields) Msgpack.decode(packer.toByteArray(), name));
        }
    }

    static void pack(JsonNode node, MessageBufferPacker packer) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                packer.packMapHeader(node.size());
                for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                    Map.Entry<String, JsonNode> field = fields.next();
                    packer.packString(field.getKey());
                    pack(field.getValue(), packer);
                }
            }
            case ARRAY -> {
                packer.packArrayHeader(node.size());
                for (JsonNode item : node) {
                    pack(item, packer);
                }
            }
            case STRING -> packer.packString(node.asText());
            case BOOLEAN -> packer.packBoolean(node.asBoolean());
            case NUMBER -> {
                if (node.isIntegralNumber()) {
                    packer.packLong(node.asLong());
                } else {
                    packer.packDouble(node.asDouble());
                }
            }
            default -> packer.packNil();
        }
    }
}
