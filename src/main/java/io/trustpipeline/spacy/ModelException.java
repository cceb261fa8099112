package io.trustpipeline.spacy;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * A model directory cannot be used. Thrown while a model is loaded, never while it runs. The message is one line that
 * names the file (or component and architecture) and what was met there.
 */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why the model cannot be used. */
    public enum Kind {
        /** The model is sound, but asks for something that this engine does not compute. */
        UNSUPPORTED,
        /** The files are missing, damaged or contradict each other. */
        CORRUPT
    }

    /** Names in damaged files may hold anything; the message stays one line. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u2028\u2029]");

    private final Kind kind;

    private ModelException(Kind kind, String message, @Nullable Throwable cause) {
        super(CONTROL.matcher(message).replaceAll(" "), cause);
        this.kind = kind;
    }

    /** A sound model that this engine does not run; {@code where} is a file or a component. */
    public static ModelException unsupported(String where, String what) {
        return new ModelException(Kind.UNSUPPORTED, where + ": " + what, null);
    }

    /** A file that is not what spaCy writes. */
    public static ModelException corrupt(String where, String what) {
        return new ModelException(Kind.CORRUPT, where + ": " + what, null);
    }

    /** A file that cannot be read or decoded. */
    public static ModelException corrupt(String where, String what, Throwable cause) {
        return new ModelException(Kind.CORRUPT, where + ": " + what, cause);
    }

    public Kind kind() {
        return kind;
    }
}
