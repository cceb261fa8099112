package io.trustpipeline.transcripts.read;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** Plain text: {@code [time] Speaker: text}, a line an utterance. A line that names nobody is kept, said by nobody. */
final class TextReader implements TranscriptReader {
    @Override
    public void read(Path file, Utterances found) {
        try (SourceLines lines = new SourceLines(file)) {
            for (SourceLine line = lines.next(); line != null; line = lines.next()) {
                add(line, found);
            }
        }
    }

    static void add(SourceLine line, Utterances found) {
        if (line.isBlank()) {
            return;
        }
        SpokenLine spoken = SpokenLine.parse(line.text());
        @Nullable String speaker = spoken.speaker();
        if (speaker == null) {
            found.warn(line.number(), "names no speaker; right is \"Name: text\"");
        }
        found.add(Utterance.of(
                line.number(),
                speaker == null ? Utterance.UNKNOWN : speaker,
                spoken.text(),
                spoken.timestamp(),
                line.offset(spoken.start())));
    }
}
