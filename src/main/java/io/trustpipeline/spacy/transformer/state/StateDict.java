package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.transformer.state.PickleValue.View;
import io.trustpipeline.spacy.transformer.state.ZipDirectory.Entry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** The named tensors of a PyTorch archive, left in the file they came from. Immutable. */
public final class StateDict {

    private static final String PICKLE = "data.pkl";

    private final String source;
    private final FileSlice archive;
    private final Map<String, Entry> entries;
    private final String folder;
    private final ByteOrder order;
    private final Map<String, View> views;

    private StateDict(FileSlice archive, String source) {
        this.source = source;
        this.archive = archive;
        this.entries = ZipDirectory.read(archive.bytes(), source);
        this.folder = folder(entries, source);
        this.order = order();
        this.views = StateDictPickle.read(verified(folder + PICKLE), source);
    }

    /**
     * Reads the directory of an archive. The tensors' own bytes are not touched.
     *
     * @param archive the zip file that {@code torch.save} writes
     * @param source names it in errors
     * @throws ModelException when it is damaged or holds anything but tensors
     */
    public static StateDict read(ByteBuffer archive, String source) {
        return read(FileSlice.of(archive), source);
    }

    static StateDict read(FileSlice archive, String source) {
        return new StateDict(archive, source);
    }

    /** Maps a file that {@code torch.save} wrote, such as {@code pytorch_model.bin}. */
    public static StateDict open(Path file) {
        return read(FileSlice.map(file), file.toString());
    }

    /** All entries lie in one folder, whose name is that of the file it was first saved to. */
    private static String folder(Map<String, Entry> entries, String source) {
        return entries.keySet().stream()
                .filter(name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
                .map(name -> name.substring(0, name.length() - PICKLE.length()))
                .findFirst()
                .orElseThrow(() -> ModelException.corrupt(source, "its archive has no " + PICKLE));
    }

    private ByteOrder order() {
        Entry entry = entries.get(folder + "byteorder");
        String order = entry == null
                ? "little"
                : StandardCharsets.US_ASCII.decode(entry.bytes().duplicate()).toString();
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw ModelException.corrupt(source, "its archive has the byte order '" + order + "'");
        };
    }

    /** The file, for errors. */
    public String source() {
        return source;
    }

    /** Whether there is a tensor of this name. */
    public boolean has(String name) {
        return views.containsKey(name);
    }

    /**
     * A tensor, once its bytes have the checksum that the archive states for them.
     *
     * @param shape the shape it should have
     * @throws ModelException when it is missing, damaged, or of another shape
     */
    public Tensor tensor(String name, int... shape) {
        View view = views.get(name);
        if (view == null) {
            throw ModelException.corrupt(source, "tensor '" + name + "' is missing");
        }
        ByteBuffer bytes = verified(folder + "data/" + view.storage().key());
        Tensor tensor = Tensor.of(view, bytes, source + ": " + name);
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw ModelException.corrupt(
                    source,
                    "tensor '" + name + "' has shape " + Arrays.toString(tensor.shape()) + ", its configuration says "
                            + Arrays.toString(shape));
        }
        return tensor;
    }

    private ByteBuffer verified(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw ModelException.corrupt(source, "its archive has no entry '" + name + "'");
        }
        CRC32 crc = new CRC32();
        crc.update(entry.bytes().duplicate());
        if ((int) crc.getValue() != entry.crc()) {
            throw ModelException.corrupt(source, "archive entry '" + name + "' is damaged: its checksum is wrong");
        }
        return entry.bytes().duplicate().order(order);
    }

    /** The file that the archive is in, if it is in one. */
    public Optional<Path> file() {
        return Optional.ofNullable(archive.file());
    }

    /** SHA-256 of the archive, in lower case hexadecimal. Reads all of it. */
    public String digest() {
        return archive.sha256();
    }
}
