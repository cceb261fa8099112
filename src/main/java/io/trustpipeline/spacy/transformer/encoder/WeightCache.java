package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.KnownDigests;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.transformer.state.StateDict;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * A folder of weights in the order in which the kernels read them, one file for each archive, named by its digest. A
 * file is written under another name until it is whole, then memory-mapped by every JVM that uses it. A file that is
 * damaged or of another version is written anew.
 *
 * @param folder created when absent; null to keep weights in a temporary file, which is gone as soon as it is mapped
 */
public record WeightCache(@Nullable Path folder) {

    /** Changes whenever the same archive would be packed in another way. */
    private static final int VERSION = 3;

    /** No cache: weights are packed anew at each load. */
    public static WeightCache none() {
        return new WeightCache(null);
    }

    PackedWeights weights(EncoderSettings settings, List<Section> sections, StateDict state, int lanes) {
        try {
            return folder == null ? temporary(sections, state) : cached(folder, settings, sections, state, lanes);
        } catch (IOException full) {
            throw ModelException.corrupt(state.source(), "its weights cannot be packed to a file", full);
        }
    }

    private static PackedWeights temporary(List<Section> sections, StateDict state) throws IOException {
        Path file = Files.createTempFile("weights-", ".packed");
        try {
            PackedWeights.write(file, "", sections, state);
            return PackedWeights.map(file, "", sections).orElseThrow(() -> lost(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static PackedWeights cached(
            Path folder, EncoderSettings settings, List<Section> sections, StateDict state, int lanes)
            throws IOException {
        String digest = digest(folder, state);
        String identity =
                "trust-pipeline weights " + VERSION + " sha256 " + digest + " lanes " + lanes + " " + settings;
        Path file = folder.resolve(digest + "-" + lanes + ".weights");
        if (Files.exists(file)) {
            Optional<PackedWeights> packed = PackedWeights.map(file, identity, sections);
            if (packed.isPresent()) {
                return packed.get();
            }
        }
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, digest, ".partial");
        try {
            PackedWeights.write(partial, identity, sections, state);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
        return PackedWeights.map(file, identity, sections).orElseThrow(() -> lost(file));
    }

    private static String digest(Path folder, StateDict state) throws IOException {
        Optional<Path> file = state.file();
        return file.isEmpty()
                ? state.digest()
                : new KnownDigests(folder.resolve("digests")).digest("tensors", List.of(file.get()), state::digest);
    }

    private static IOException lost(Path file) {
        return new IOException(file + " is not what was written");
    }
}
