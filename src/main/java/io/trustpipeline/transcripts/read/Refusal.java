package io.trustpipeline.transcripts.read;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a transcript cannot be used: its file, the line, what would be right; never what was said. */
final class Refusal {
    private Refusal() {}

    static PipelineException of(Path file, int line, String why) {
        return of(file, "line " + line + ": " + why);
    }

    static PipelineException of(Path file, String why) {
        return new PipelineException(ExitCode.DATA_REFUSED, name(file) + ": " + why);
    }

    static PipelineException unreadable(Path file, IOException e) {
        String why = e instanceof NoSuchFileException ? "no such file" : "cannot be read";
        return new PipelineException(ExitCode.DATA_REFUSED, name(file) + ": " + why, e);
    }

    /** The name alone: an upload lies in a scratch folder that means nothing to anybody. */
    private static String name(Path file) {
        Path name = file.getFileName();
        return String.valueOf(name == null ? file : name).replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }
}
