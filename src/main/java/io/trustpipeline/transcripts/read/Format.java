package io.trustpipeline.transcripts.read;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats that transcripts come in; a file's ending names its own. */
public enum Format {
    JSONL("application/jsonl", new JsonLinesReader()),
    CSV("text/csv", new CsvReader()),
    TXT("text/plain", new TextReader()),
    VTT("text/vtt", new CueReader(CueReader.Kind.VTT)),
    SRT("application/x-subrip", new CueReader(CueReader.Kind.SRT)),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", new DocxReader());

    private final String mediaType;
    private final TranscriptReader reader;

    Format(String mediaType, TranscriptReader reader) {
        this.mediaType = mediaType;
        this.reader = reader;
    }

    public String mediaType() {
        return mediaType;
    }

    TranscriptReader reader() {
        return reader;
    }

    public String ending() {
        return name().toLowerCase(Locale.ROOT);
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
                .orElseThrow(() -> new PipelineException(
                        ExitCode.DATA_REFUSED,
                        fileName.replaceAll("[\\p{Cc}\\p{Cf}]", "?")
                                + ": not a transcript; right is a name that ends in "
                                + Arrays.stream(values())
                                        .map(format -> "." + format.ending())
                                        .collect(Collectors.joining(", "))));
    }
}
