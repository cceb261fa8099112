package io.trustpipeline.spacy.transformer.state;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A thinc model file, memory-mapped. Most of such a file is one shim, the bytes of a wrapped PyTorch model: they are
 * left where they are, and the network around them is offered apart. Immutable.
 */
public final class ShimFile {

    private ShimFile() {}

    /**
     * Maps a file.
     *
     * @throws io.trustpipeline.spacy.ModelException when it is missing, larger than 2 GiB, not a thinc model, or has
     *     more than one shim
     */
    public static ShimFile open(Path file) {
        throw new UnsupportedOperationException(file.toString());
    }

    /** The file, for errors. */
    public String source() {
        throw new UnsupportedOperationException();
    }

    /** The file's msgpack without its shims: the {@code nodes}, {@code attrs} and {@code params} of the network. */
    public byte[] network() {
        throw new UnsupportedOperationException();
    }

    /** Whether the file has a shim, that is, whether the network wraps a PyTorch model. */
    public boolean hasShim() {
        throw new UnsupportedOperationException();
    }

    /**
     * The bytes of the shim, not copied.
     *
     * @throws io.trustpipeline.spacy.ModelException when there is none
     */
    public ByteBuffer shim() {
        throw new UnsupportedOperationException();
    }
}
