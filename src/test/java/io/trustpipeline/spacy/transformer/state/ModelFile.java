package io.trustpipeline.spacy.transformer.state;

import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

import java.io.IOException;

/** Writes a {@code transformer/model} as thinc and spacy-transformers do. */
public final class ModelFile {

    private ModelFile() {}

    public static byte[] of(byte[] config, byte[] archive) throws IOException {
        byte[] shim = shim(config, archive);
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            out.packMapHeader(4);
            for (String list : new String[] {"nodes", "attrs", "params"}) {
                out.packString(list);
                out.packArrayHeader(2);
                for (int node = 0; node < 2; node++) {
                    out.packMapHeader(list.equals("nodes") ? 1 : 0);
                    if (list.equals("nodes")) {
                        out.packString("name");
                        out.packString(node == 0 ? "transformer" : "hf-pytorch");
                    }
                }
            }
            out.packString("shims");
            out.packArrayHeader(2);
            out.packArrayHeader(0);
            out.packArrayHeader(1);
            out.packBinaryHeader(shim.length);
            out.writePayload(shim);
            return out.toByteArray();
        }
    }

    private static byte[] shim(byte[] config, byte[] archive) throws IOException {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            out.packMapHeader(5);
            out.packString("config");
            out.writePayload(config);
            out.packString("state");
            out.packBinaryHeader(archive.length);
            out.writePayload(archive);
            out.packString("tokenizer");
            out.packMapHeader(2);
            out.packString("vocab.txt");
            out.packBinaryHeader(3);
            out.writePayload(new byte[] {'a', '\n', 'b'});
            out.packString("kwargs");
            out.packMapHeader(1);
            out.packString("use_fast");
            out.packBoolean(false);
            out.packString("_init_tokenizer_config");
            out.packMapHeader(0);
            out.packString("_init_transformer_config");
            out.packMapHeader(0);
            return out.toByteArray();
        }
    }

    /** A configuration with an integer key, as {@code id2label} has. */
    public static byte[] config() throws IOException {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            out.packMapHeader(2);
            out.packString("model_type");
            out.packString("roberta");
            out.packString("id2label");
            out.packMapHeader(1);
            out.packInt(0);
            out.packString("LABEL_0");
            return out.toByteArray();
        }
    }
}
