package io.trustpipeline.cli;

import io.trustpipeline.transcripts.read.Roster;
import io.trustpipeline.transcripts.read.RosterFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/** The pupils of a class. */
final class RosterOption {
    @Option(
            names = "--roster",
            paramLabel = "FILE",
            description =
                    "pupils as JSON: [{\"name\": …, \"student_id\": …, \"external_ref\": …, \"aliases\": […]}, …]")
    private @Nullable Path file;

    @Option(
            names = "--class",
            paramLabel = "ID",
            defaultValue = "class",
            description = "the class, of which pupils without an id get theirs; ${DEFAULT-VALUE} if left out")
    private String classId = "";

    Roster read() {
        return file == null ? Roster.EMPTY : RosterFile.read(file, classId);
    }
}
