package io.trustpipeline.spacy.config;

import io.trustpipeline.spacy.ModelException;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numpy's {@code .npy} files of little endian float32 in C order, versions 1 to 3 of the format. */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 1 << 16;
    private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']{1,16})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(False|True)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]{0,200})\\)");
    private static final Pattern ELEMENT_TYPE = Pattern.compile("[<|][a-zA-Z]([1-8])");

    private Npy() {}

    /**
     * Reads a file.
     *
     * @throws ModelException when it is missing, damaged, shorter or longer than its header says, or of another type
     */
    public static FloatArray read(Path file) {
        String source = file.toString();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            Header header = Header.read(in, source);
            int[] shape = header.shape(source);
            long elements = elements(shape, source);
            if (elements > MAX_ELEMENTS || header.bytes() + elements * Float.BYTES != Files.size(file)) {
                throw ModelException.corrupt(
                        source, "shape " + Arrays.toString(shape) + " does not fit the file's size");
            }
            return new FloatArray(shape, floats(in, (int) elements));
        } catch (IOException unreadable) {
            throw ModelException.corrupt(source, "cannot be read as .npy", unreadable);
        }
    }

    /** The number of elements of a shape. */
    static long elements(int[] shape, String source) {
        long elements = 1;
        for (int extent : shape) {
            elements *= extent;
            if (elements > Integer.MAX_VALUE) {
                throw ModelException.corrupt(source, "an array of shape " + Arrays.toString(shape) + " is too large");
            }
        }
        return elements;
    }

    /** The bytes an element of a numpy type takes. */
    static int width(String type, String source) {
        Matcher matcher = ELEMENT_TYPE.matcher(type);
        if (!matcher.matches()) {
            throw ModelException.unsupported(source, "numpy type " + type);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static float[] floats(InputStream in, int elements) throws IOException {
        float[] floats = new float[elements];
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int read = 0; read < elements; ) {
            int count = Math.min(elements - read, buffer.capacity() / Float.BYTES);
            if (in.readNBytes(buffer.array(), 0, count * Float.BYTES) < count * Float.BYTES) {
                throw new EOFException("the file ends early");
            }
            buffer.clear().asFloatBuffer().get(floats, read, count);
            read += count;
        }
        return floats;
    }

    /** The Python dictionary at the head of the file, and the number of bytes up to its end. */
    private record Header(String dictionary, int bytes) {
        static Header read(DataInputStream in, String source) throws IOException {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw ModelException.corrupt(source, "is not a .npy file");
            }
            int version = in.readUnsignedByte();
            in.readUnsignedByte();
            int sizeBytes = version == 1 ? Short.BYTES : Integer.BYTES;
            int size = version == 1
                    ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
                    : Integer.reverseBytes(in.readInt());
            if (version < 1 || version > 3 || size < 0 || size > MAX_HEADER) {
                throw ModelException.corrupt(source, "has a .npy header of version " + version + ", size " + size);
            }
            String dictionary = new String(in.readNBytes(size), StandardCharsets.UTF_8);
            return new Header(dictionary, MAGIC.length + 2 + sizeBytes + size);
        }

        int[] shape(String source) {
            if (!find(DESCR, source).equals("<f4") || !find(ORDER, source).equals("False")) {
                throw ModelException.unsupported(
                        source, "should hold <f4 in C order, its header says " + dictionary.strip());
            }
            try {
                return Arrays.stream(find(SHAPE, source).split(","))
                        .map(String::strip)
                        .filter(extent -> !extent.isEmpty())
                        .mapToInt(Integer::parseInt)
                        .toArray();
            } catch (NumberFormatException tooLarge) {
                throw ModelException.corrupt(source, "has the header " + dictionary.strip(), tooLarge);
            }
        }

        private String find(Pattern pattern, String source) {
            Matcher matcher = pattern.matcher(dictionary);
            if (!matcher.find()) {
                throw ModelException.corrupt(source, "has the header " + dictionary.strip());
            }
            return matcher.group(1);
        }
    }
}
