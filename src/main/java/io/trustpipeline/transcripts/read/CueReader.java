package io.trustpipeline.transcripts.read;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Subtitles: WebVTT and SubRip. Each line of a cue is an utterance at its own line, timed by the cue. Its speaker is a
 * voice tag ({@code <v Ana>}) or a name and a colon, and holds until the cue ends.
 */
final class CueReader implements TranscriptReader {
    private static final Pattern TIMING = Pattern.compile(
            "\\s*((?:\\d+:)?\\d{1,2}:\\d{2}[.,]\\d{1,3})\\s+-->\\s+(?:\\d+:)?\\d{1,2}:\\d{2}[.,]\\d{1,3}.*");
    private static final Pattern VOICE = Pattern.compile("<v(?:\\.[^ \\t>]*)?[ \\t]+([^>]+)>");
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z0-9:][^>]*>");

    /** Which of the two. */
    enum Kind {
        VTT,
        SRT
    }

    private final Kind kind;

    CueReader(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void read(Path file, Utterances found) {
        try (SourceLines lines = new SourceLines(file)) {
            SourceLine line = lines.next();
            if (kind == Kind.VTT && (line == null || !line.text().startsWith("WEBVTT"))) {
                throw Refusal.of(file, 1, "not WebVTT; right is a first line WEBVTT");
            }
            int cues = 0;
            while (line != null) {
                Matcher timing = TIMING.matcher(line.text());
                if (timing.matches()) {
                    cues++;
                    line = cue(lines, timing.group(1), found);
                } else {
                    if (kind == Kind.SRT
                            && !line.isBlank()
                            && !line.text().strip().matches("\\d+")) {
                        found.warn(line.number(), "stands outside of any subtitle and is left out");
                    }
                    line = lines.next();
                }
            }
            if (cues == 0) {
                throw Refusal.of(file, "no subtitle; right is a line such as 00:00:01.000 --> 00:00:04.000");
            }
        }
    }

    /** @return the line that ended the cue: a blank one, or another's timing */
    private static @Nullable SourceLine cue(SourceLines lines, String time, Utterances found) {
        @Nullable String speaker = null;
        SourceLine line = lines.next();
        while (line != null && !line.isBlank() && !TIMING.matcher(line.text()).matches()) {
            Matcher voice = VOICE.matcher(line.text());
            if (voice.find()) {
                speaker = voices(line, time, voice, speaker, found);
            } else {
                speaker = plain(line, time, speaker, found);
            }
            line = lines.next();
        }
        return line;
    }

    /** Several voices may stand in one line; each is an utterance of its own. */
    private static String voices(
            SourceLine line, String time, Matcher voice, @Nullable String before, Utterances found) {
        add(line, time, before, 0, voice.start(), found);
        String speaker;
        boolean more = true;
        do {
            speaker = unescaped(voice.group(1).strip());
            int from = voice.end();
            more = voice.find();
            add(line, time, speaker, from, more ? voice.start() : line.text().length(), found);
        } while (more);
        return speaker;
    }

    private static @Nullable String plain(SourceLine line, String time, @Nullable String speaker, Utterances found) {
        SpokenLine spoken = SpokenLine.parse(line.text());
        if (spoken.speaker() == null) {
            add(line, time, speaker, 0, line.text().length(), found);
            return speaker;
        }
        String named = unescaped(TAG.matcher(spoken.speaker()).replaceAll("").strip());
        add(line, time, named, spoken.start(), line.text().length(), found);
        return named;
    }

    private static void add(
            SourceLine line, String time, @Nullable String speaker, int from, int to, Utterances found) {
        String raw = line.text().substring(from, to);
        String text = unescaped(TAG.matcher(raw).replaceAll("")).strip();
        if (text.isEmpty()) {
            return;
        }
        if (speaker == null) {
            found.warn(line.number(), "names no speaker; right is \"<v Name>text\" or \"Name: text\"");
        }
        int at = raw.indexOf(text);
        found.add(Utterance.of(
                line.number(),
                speaker == null ? Utterance.UNKNOWN : speaker,
                text,
                time,
                at < 0 ? null : line.offset(from + at)));
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", "\u00a0")
                .replace("&lrm;", "")
                .replace("&rlm;", "")
                .replace("&amp;", "&");
    }
}
