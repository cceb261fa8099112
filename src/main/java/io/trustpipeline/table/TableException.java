package io.trustpipeline.table;

import org.jspecify.annotations.Nullable;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A table cannot be read or written. The message is one line that begins with the file and never quotes a text of it. */
public final class TableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the caller can do about it. */
    public enum Kind {
        /** The file is missing, cut short or not what its name says. */
        UNREADABLE,
        /** The file is sound, but its columns or values are not those needed. */
        UNSUITABLE,
        /** The file cannot be written: the disk is full, or the folder closed to us. */
        UNWRITABLE
    }

    /** Names in damaged files may hold anything; the message stays one line that a terminal can show. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}\\x{202a}-\\x{202e}]");

    private static final int LONGEST = 600;

    private final Kind kind;

    public TableException(Kind kind, Path file, String reason, @Nullable Throwable cause) {
        super(file + ": " + shown(reason), cause);
        this.kind = kind;
    }

    private static String shown(String reason) {
        String line = CONTROL.matcher(reason).replaceAll("?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    public TableException(Kind kind, Path file, String reason) {
        this(kind, file, reason, null);
    }

    public Kind kind() {
        return kind;
    }

    /** The innermost cause that says anything, cut to its first line. */
    static String reason(Throwable failure) {
        String reason = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = message(cause);
            if (message != null && !message.isBlank()) {
                reason = message.strip().lines().findFirst().orElse(reason);
            }
        }
        return reason;
    }

    private static @Nullable String message(Throwable cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        return cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
    }
}
