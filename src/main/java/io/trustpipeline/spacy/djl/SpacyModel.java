package io.trustpipeline.spacy.djl;

import ai.djl.BaseModel;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.trustpipeline.spacy.Language;
import io.trustpipeline.spacy.ModelCard;
import io.trustpipeline.spacy.Output;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A spaCy model directory as a DJL model. Once loaded it is immutable, and any number of predictors may share it.
 *
 * <p>Options: {@value #OUTPUT}, {@code spans} or {@code categories}; {@value #THRESHOLD}, a number from 0 to 1, in place of the span categorizers' own; {@value #NEAR},
 * a number from 0 to 1, for {@link io.trustpipeline.spacy.SpanGroup#near} from that share of their thresholds on;
 * {@value #ALL_CANDIDATES}, {@code true} for every candidate with every label, whatever the score.
 */
public final class SpacyModel extends BaseModel {

    /** The option that replaces the span categorizers' threshold. */
    public static final String THRESHOLD = "threshold";

    /** The option that asks for spans a little below the thresholds: from which share of them on. */
    public static final String NEAR = "near";

    /** The option that asks for every candidate. */
    public static final String ALL_CANDIDATES = "all_candidates";

    /** The option that says what is wanted: {@code spans}, the default, or {@code categories}. */
    public static final String OUTPUT = "output";

    /** The option that names a folder in which transformers keep their weights for the next load. */
    public static final String WEIGHTS = "weights";

    private @Nullable Language language;

    SpacyModel(String name, NDManager manager) {
        super(name);
        this.manager = manager;
        this.dataType = DataType.FLOAT32;
    }

    /**
     * Loads the directory.
     *
     * @param prefix ignored: the directory is the model
     * @throws io.trustpipeline.spacy.ModelException when the model is damaged or not one that this engine runs
     * @throws IllegalArgumentException when an option is not one of those above
     */
    @Override
    public void load(Path modelPath, @Nullable String prefix, @Nullable Map<String, ?> options) {
        setModelDir(modelPath);
        Language loaded = Language.load(modelDir, options(options == null ? Map.of() : options));
        language = loaded;
        block = new SpacyBlock(loaded);
        wasLoaded = true;
    }

    private static Language.Options options(Map<String, ?> given) {
        Language.Options options = Language.Options.DEFAULT;
        for (Map.Entry<String, ?> option : given.entrySet()) {
            String value = String.valueOf(option.getValue());
            options = switch (option.getKey()) {
                case OUTPUT -> options.withOutput(output(value));
                case THRESHOLD -> options.withThreshold(fraction(THRESHOLD, value));
                case NEAR -> options.withNear(fraction(NEAR, value));
                case ALL_CANDIDATES -> options.withAllCandidates(flag(value));
                case WEIGHTS -> options.withWeights(Path.of(value));
                default ->
                    throw new IllegalArgumentException("option '" + option.getKey() + "': expected " + OUTPUT + ", "
                            + THRESHOLD + ", " + NEAR + ", " + ALL_CANDIDATES + " or " + WEIGHTS);
            };
        }
        return options;
    }

    private static Output output(String value) {
        return Arrays.stream(Output.values())
                .filter(output -> output.optionName().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "option " + OUTPUT + "=" + value + ": expected spans or categories"));
    }

    private static boolean flag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "option " + ALL_CANDIDATES + "=" + value + ": expected true or false");
        };
    }

    private static float fraction(String option, String value) {
        try {
            float fraction = Float.parseFloat(value);
            if (fraction >= 0 && fraction <= 1) {
                return fraction;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of range.
        }
        throw new IllegalArgumentException("option " + option + "=" + value + ": expected a number from 0 to 1");
    }

    /** What was loaded, for people. */
    public ModelCard card() {
        return language().card();
    }

    /** The pipeline. */
    public Language language() {
        if (language == null) {
            throw new IllegalStateException("the model is not loaded");
        }
        return language;
    }
}
