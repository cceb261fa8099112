package io.trustpipeline.spacy.transformer.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes archives of the form that {@code torch.save} gives them, and what an attacker would put inside. */
public final class HostileArchives {

    private HostileArchives() {}

    /** An archive with a pickle and one storage of four floats. */
    public static ByteBuffer archive(byte[] pickle) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/data.pkl", pickle);
        entries.put("a/data/0", floats(1, 2, 3, 4));
        return zip(entries, ZipEntry.STORED);
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    public static ByteBuffer zip(Map<String, byte[]> entries, int method) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setMethod(method);
                CRC32 crc = new CRC32();
                crc.update(entry.getValue());
                header.setCrc(crc.getValue());
                header.setSize(entry.getValue().length);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
            }
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    /** A dictionary with one tensor {@code w}. */
    public static byte[] tensor(String storageClass, int offset, int[] sizes, int[] strides) {
        Pickle pickle = new Pickle().raw("}").text("w");
        pickle.raw("ctorch._utils\n_rebuild_tensor_v2\n(");
        pickle.raw("(")
                .text("storage")
                .raw("ctorch\n" + storageClass + "\n")
                .text("0")
                .text("cpu");
        pickle.number(4).raw("tQ");
        pickle.number(offset).numbers(sizes).numbers(strides).raw("\u0089");
        return pickle.raw("ccollections\nOrderedDict\n)RtRs.").bytes();
    }

    /** Builds pickles, protocol 2. */
    public static final class Pickle {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        public Pickle() {
            raw("\u0080\u0002");
        }

        public Pickle raw(String latin1) {
            out.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }

        public Pickle text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.write('X');
            out.writeBytes(little(utf8.length));
            out.writeBytes(utf8);
            return this;
        }

        Pickle number(int value) {
            out.write('J');
            out.writeBytes(little(value));
            return this;
        }

        Pickle numbers(int... values) {
            raw("(");
            for (int value : values) {
                number(value);
            }
            return raw("t");
        }

        private static byte[] little(int value) {
            return ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array();
        }

        public byte[] bytes() {
            return out.toByteArray();
        }
    }
}
