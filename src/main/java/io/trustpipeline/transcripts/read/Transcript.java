package io.trustpipeline.transcripts.read;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A transcript, read: utterances in the order of the file, speakers mapped to pupils.
 *
 * @param unmappedSpeakers those who are neither pupils of the roster nor teachers, sorted; names, so for the eyes of the
 *     class's own educators alone
 */
public record Transcript(List<Utterance> utterances, List<String> unmappedSpeakers, TranscriptFigures figures) {
    /** The largest upload. */
    public static final long MOST_BYTES = 50L << 20;

    public Transcript {
        utterances = List.copyOf(utterances);
        unmappedSpeakers = List.copyOf(unmappedSpeakers);
    }

    /**
     * Reads a file.
     *
     * @throws PipelineException DATA_REFUSED with file and line
     */
    public static Transcript read(Path file, Format format, Roster roster) {
        Utterances found = begun(file);
        format.reader().read(file, found);
        if (found.all().isEmpty()) {
            throw Refusal.of(file, "no utterance in it; right is at least one");
        }
        return of(found, format, roster);
    }

    private static Utterances begun(Path file) {
        try {
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                throw Refusal.of(file, Files.size(file) + " bytes; right is at most " + MOST_BYTES);
            }
        } catch (IOException e) {
            throw Refusal.unreadable(file, e);
        }
        return new Utterances(file);
    }

    private static Transcript of(Utterances found, Format format, Roster roster) {
        List<Utterance> mapped = new ArrayList<>(found.all().size());
        Set<String> pupils = new TreeSet<>();
        Set<String> unmapped = new TreeSet<>();
        for (Utterance utterance : found.all()) {
            Utterance known = utterance.of(roster.studentId(utterance));
            mapped.add(known);
            if (known.studentId() != null) {
                pupils.add(known.studentId());
            } else if (!Roster.isTeacher(known)) {
                unmapped.add(known.speaker());
            }
        }
        return new Transcript(
                mapped,
                List.copyOf(unmapped),
                new TranscriptFigures(
                        mapped.size(),
                        format.ending(),
                        pupils.size(),
                        List.copyOf(pupils),
                        unmapped.size(),
                        Language.of(mapped),
                        found.warnings(),
                        found.warned()));
    }

    /**
     * Reads what a pupil made: every line of it is the pupil's own.
     *
     * @throws PipelineException DATA_REFUSED with the file
     */
    public static Transcript ofPupil(Path file, Format format, Pupil pupil) {
        Utterances found = begun(file);
        String author = pupil.name().isBlank() ? Utterance.AUTHOR : pupil.name();
        format.document().read(file, line -> {
            if (!line.isBlank()) {
                found.add(Utterance.of(line.number(), author, line.text().strip(), null, null)
                        .of(pupil.studentId()));
            }
        });
        if (found.all().isEmpty()) {
            throw Refusal.of(file, "no text in it; scanned pages are pictures, which are not read");
        }
        return of(found, format, new Roster(List.of(pupil)));
    }

    /** @throws PipelineException DATA_REFUSED when nobody could be scored: success without a score would be a lie */
    public void requirePupils() {
        if (figures.studentCount() == 0) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    "no speaker is a pupil of the roster: " + figures.unmappedSpeakers()
                            + " unknown speakers; right are names, first names or aliases as in the transcript");
        }
    }
}
