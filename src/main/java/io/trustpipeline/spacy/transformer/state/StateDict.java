package io.trustpipeline.spacy.transformer.state;

import java.nio.ByteBuffer;

/** The named tensors of a PyTorch archive, left in the file they came from. Immutable. */
public final class StateDict {

    private StateDict() {}

    /**
     * Reads the directory of an archive.
     *
     * @param archive the zip file that {@code torch.save} writes
     * @param source names it in errors
     * @throws io.trustpipeline.spacy.ModelException when it is damaged or holds anything but tensors
     */
    public static StateDict read(ByteBuffer archive, String source) {
        throw new UnsupportedOperationException(source + archive);
    }

    /** SHA-256 of the archive in lower case hexadecimal. */
    public String digest() {
        throw new UnsupportedOperationException();
    }
}
