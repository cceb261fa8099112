package io.trustpipeline.transcripts.read;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The formats that uploads come in; a file's ending names its own. */
public enum Format {
    JSONL("application/jsonl", new JsonLinesReader(), null),
    CSV("text/csv", new CsvReader(), null),
    TXT("text/plain", new TextReader(), null),
    VTT("text/vtt", new CueReader(CueReader.Kind.VTT), null),
    SRT("application/x-subrip", new CueReader(CueReader.Kind.SRT), null),
    DOCX(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            new DocumentReader(new DocxLines()),
            new DocxLines()),
    PDF("application/pdf", null, new PdfLines()),
    /** Pictures are kept, and read by nobody. */
    PNG("image/png", null, null),
    JPG("image/jpeg", null, null),
    JPEG("image/jpeg", null, null);

    private final String mediaType;
    private final @Nullable TranscriptReader reader;
    private final @Nullable DocumentLines document;

    Format(String mediaType, @Nullable TranscriptReader reader, @Nullable DocumentLines document) {
        this.mediaType = mediaType;
        this.reader = reader;
        this.document = document;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Whether it is a format of transcripts. */
    public boolean isTranscript() {
        return reader != null;
    }

    /** Whether a pupil's own text can be read from it. */
    public boolean isDocument() {
        return document != null;
    }

    /** Whether a file's name ends like what pupils make; a docx may be a transcript as well. */
    public static boolean isArtefact(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.isDocument() || !format.isTranscript())
                .anyMatch(format -> lower.endsWith("." + format.ending()));
    }

    /** @throws PipelineException DATA_REFUSED when no transcript comes in it */
    TranscriptReader reader() {
        if (reader == null) {
            throw refused("a ." + ending(), "a transcript", Format::isTranscript);
        }
        return reader;
    }

    /** @throws PipelineException DATA_REFUSED when no text can be read from it */
    DocumentLines document() {
        if (document == null) {
            throw refused("a ." + ending(), "a text that can be read", Format::isDocument);
        }
        return document;
    }

    public String ending() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a request means this format by another name for it. */
    public boolean isCalled(String name) {
        return name.equals(ending()) || mediaType.equals("image/jpeg") && (name.equals("jpg") || name.equals("jpeg"));
    }

    /**
     * The format that a file's name ends in.
     *
     * @throws PipelineException DATA_REFUSED when it ends in none of them
     */
    public static Format ofName(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> lower.endsWith("." + format.ending()))
                .findFirst()
                .orElseThrow(() ->
                        refused(fileName.replaceAll("[\\p{Cc}\\p{Cf}]", "?"), "a transcript", Format::isTranscript));
    }

    private static PipelineException refused(String what, String wanted, Predicate<Format> right) {
        return new PipelineException(
                ExitCode.DATA_REFUSED,
                what + ": not " + wanted + "; right is a name that ends in "
                        + Arrays.stream(values())
                                .filter(right)
                                .map(format -> "." + format.ending())
                                .collect(Collectors.joining(", ")));
    }
}
