package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.FloatArray;
import io.trustpipeline.spacy.config.MsgpackReader;
import io.trustpipeline.spacy.config.Npy;
import io.trustpipeline.spacy.config.Section;
import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A vocabulary's static word vectors. Several words may share a row. Immutable.
 */
public final class Vectors {
    /** What {@link #row} gives for a word without a vector. */
    public static final int NO_ROW = -1;

    private final FloatArray table;
    private final long[] keys;
    private final int[] rows;
    private final Attribute attribute;

    private Vectors(FloatArray table, long[] keys, int[] rows, Attribute attribute) {
        this.table = table;
        this.keys = keys;
        this.rows = rows;
        this.attribute = attribute;
    }

    /** Reads {@code vectors}, {@code key2row} and {@code vectors.cfg}; null when the model has no vectors. */
    static @Nullable Vectors read(Path vocab) {
        Path file = vocab.resolve("vectors");
        if (!Files.exists(file)) {
            return null;
        }
        Path settings = vocab.resolve("vectors.cfg");
        Attribute attribute = Attribute.ORTH;
        if (Files.exists(settings)) {
            Section section = Section.readJson(settings);
            String mode = section.text("mode", "default");
            if (!mode.equals("default")) {
                throw ModelException.unsupported(settings.toString(), "vectors of mode '" + mode + "'");
            }
            attribute = Attribute.parse(section.integer("attr", Attribute.ORTH.number()), settings.toString());
        }
        FloatArray table = Npy.read(file);
        if (table.shape().length != 2) {
            throw ModelException.corrupt(file.toString(), "should be a matrix, is " + table);
        }
        return table.data().length == 0 ? null : index(table, vocab.resolve("key2row"), attribute);
    }

    private static Vectors index(FloatArray table, Path file, Attribute attribute) {
        MsgpackReader in = MsgpackReader.open(file);
        int size = in.mapSize();
        long[] keys = new long[size];
        int[] rows = new int[size];
        for (int entry = 0; entry < size; entry++) {
            keys[entry] = in.integer();
            long row = in.integer();
            if (row < 0 || row >= table.shape()[0]) {
                throw ModelException.corrupt(
                        file.toString(), "row " + row + " of a table of " + table.shape()[0] + " rows");
            }
            rows[entry] = (int) row;
        }
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        int[] sortedRows = new int[size];
        for (int entry = 0; entry < size; entry++) {
            sortedRows[Arrays.binarySearch(sorted, keys[entry])] = rows[entry];
        }
        return new Vectors(table, sorted, sortedRows, attribute);
    }

    /** The attribute whose id is a word's key, normally ORTH. */
    public Attribute attribute() {
        return attribute;
    }

    /** All vectors, row after row; not to be written. */
    public float[] data() {
        return table.data();
    }

    public int rows() {
        return table.shape()[0];
    }

    public int width() {
        return table.shape()[1];
    }

    /** The row of a key, or {@link #NO_ROW}. */
    public int row(long key) {
        int found = Arrays.binarySearch(keys, key);
        return found < 0 ? NO_ROW : rows[found];
    }
}
