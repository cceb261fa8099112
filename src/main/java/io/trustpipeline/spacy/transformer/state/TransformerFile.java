package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.MsgpackValue;
import io.trustpipeline.spacy.config.MsgpackValue.Bool;
import io.trustpipeline.spacy.config.MsgpackValue.Fields;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What spacy-transformers saves of a Hugging Face model: the shim of the layer {@code hf-pytorch}. Immutable.
 *
 * @param config the Hugging Face configuration, as trained
 * @param tokenizerFiles the tokenizer's files by name, not copied
 * @param useFast whether the tokenizer is a fast one, which aligns by offsets
 * @param state the tensors
 */
public record TransformerFile(
        HuggingFaceConfig config, Map<String, ByteBuffer> tokenizerFiles, boolean useFast, StateDict state) {

    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "pytorch_model.bin";

    /** Takes the files as they are given. */
    public TransformerFile {
        tokenizerFiles = Map.copyOf(tokenizerFiles);
    }

    /**
     * Reads the shim of a thinc file: {@code transformer/model}, or the file of the component that owns its transformer.
     *
     * @throws ModelException when it is not what spacy-transformers 1.1 and later save
     */
    public static TransformerFile read(ShimFile file) {
        String source = file.source();
        MsgpackSlices in = new MsgpackSlices(file.shim(), source);
        Fields config = null;
        FileSlice state = null;
        Tokenizer tokenizer = null;
        for (int left = in.mapSize(); left > 0; left--) {
            switch (in.name()) {
                case "config" -> config = in.decoded() instanceof Fields fields ? fields : null;
                case "state" -> state = file.slice().endingAt(in.binary(), in.position());
                case "tokenizer" -> tokenizer = Tokenizer.read(in);
                default -> in.value();
            }
        }
        in.expectEnd();
        if (config == null || config.values().isEmpty()) {
            throw ModelException.corrupt(source, "has no encoder configuration: the model was never initialised");
        }
        if (tokenizer == null) {
            throw ModelException.corrupt(source, "'tokenizer' is missing");
        }
        return new TransformerFile(
                new HuggingFaceConfig(config), tokenizer.files, tokenizer.useFast, stateDict(state, source));
    }

    /**
     * Reads what spacy-transformers 1.0 saved: a folder as Hugging Face writes it, in place of the file.
     *
     * @param useFast whether the tokenizer is a fast one, which the folder does not say
     * @throws ModelException when the folder has no readable {@code config.json} and {@code pytorch_model.bin}
     */
    public static TransformerFile readFolder(Path folder, boolean useFast) {
        HuggingFaceConfig config = ConfigJson.read(folder.resolve(CONFIG));
        StateDict state = StateDict.open(folder.resolve(WEIGHTS));
        Map<String, ByteBuffer> files = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = path.getFileName().toString();
                if (!name.equals(CONFIG) && !name.equals(WEIGHTS)) {
                    files.put(name, FileSlice.map(path).bytes().asReadOnlyBuffer());
                }
            }
        } catch (IOException unreadable) {
            throw ModelException.corrupt(folder.toString(), "cannot be listed", unreadable);
        }
        return new TransformerFile(config, files, useFast, state);
    }

    /**
     * Reads the shim of a curated transformer, which holds tensors only.
     *
     * @throws ModelException when it is not what spacy-curated-transformers saves
     */
    public static StateDict readCurated(ShimFile file) {
        MsgpackSlices in = new MsgpackSlices(file.shim(), file.source());
        FileSlice state = null;
        for (int left = in.mapSize(); left > 0; left--) {
            if (in.name().equals("state")) {
                state = file.slice().endingAt(in.binary(), in.position());
            } else {
                in.value();
            }
        }
        in.expectEnd();
        return stateDict(state, file.source());
    }

    private static StateDict stateDict(@Nullable FileSlice archive, String source) {
        if (archive == null) {
            throw ModelException.corrupt(source, "'state' is missing");
        }
        return StateDict.read(archive, source);
    }

    /** Files by name, and between them one entry that is no file. */
    private record Tokenizer(Map<String, ByteBuffer> files, boolean useFast) {

        static Tokenizer read(MsgpackSlices in) {
            Map<String, ByteBuffer> files = new LinkedHashMap<>();
            boolean useFast = true;
            for (int left = in.mapSize(); left > 0; left--) {
                String name = in.name();
                if (name.equals("kwargs")) {
                    MsgpackValue kwargs = in.decoded();
                    useFast = !(kwargs instanceof Fields fields
                            && fields.find("use_fast") instanceof Bool fast
                            && !fast.value());
                } else {
                    files.put(name, in.binary().asReadOnlyBuffer());
                }
            }
            return new Tokenizer(files, useFast);
        }
    }
}
