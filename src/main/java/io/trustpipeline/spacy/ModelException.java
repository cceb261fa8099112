package io.trustpipeline.spacy;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * A model directory cannot be used. Thrown while a model is loaded; while it runs only when a text would keep the model's
 * regular expressions busy for ever. The message is one line that names the file (or component and architecture) and what
 * was met there.
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
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\u2028\u2029]");

    private static final int LONGEST = 600;

    private final Kind kind;

    private ModelException(Kind kind, String message, @Nullable Throwable cause) {
        super(shown(message), cause);
        this.kind = kind;
    }

    private static String shown(String message) {
        String line = CONTROL.matcher(message).replaceAll(" ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
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
