package io.trustpipeline.transcripts.read;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a transcript without structure: a time, in brackets or not, a speaker and a colon, each of them possibly
 * missing. A colon between digits belongs to a clock and one before {@code //} to an address: neither ends a name.
 *
 * @param start char index of the text in the line
 */
record SpokenLine(@Nullable String timestamp, @Nullable String speaker, String text, int start) {
    /** Names are no longer; what stands before a later colon is a sentence. */
    private static final int LONGEST_NAME = 50;

    private static final String CLOCK = "(?:\\d{1,2}:)?\\d{1,2}:\\d{2}(?:[.,]\\d{1,3})?";
    private static final Pattern TIME = Pattern.compile(
            "\\s*(?:[\\[(]\\s*(?<in>" + CLOCK + ")\\s*[\\])]|(?<bare>" + CLOCK + "))\\s*(?:[-–—|]\\s*)?");
    private static final Pattern NAME =
            Pattern.compile("\\s*(?<name>[^\\s:](?:[^:]|(?<=\\d):(?=\\d))*?)\\s*(?:[\\[(]\\s*(?<time>" + CLOCK
                    + ")\\s*[\\])]\\s*)?(?:(?<!\\d):|:(?!\\d))(?!//)\\s*");

    static SpokenLine parse(String line) {
        Matcher time = TIME.matcher(line);
        boolean timed = time.lookingAt();
        int from = timed ? time.end() : 0;
        String stamp = timed ? (time.group("in") == null ? time.group("bare") : time.group("in")) : null;
        Matcher name = NAME.matcher(line).region(from, Math.min(line.length(), from + LONGEST_NAME + 20));
        name.useTransparentBounds(true);
        if (name.lookingAt() && name.group("name").length() <= LONGEST_NAME) {
            String said = name.group("time") == null ? stamp : name.group("time");
            return text(said, name.group("name"), line, name.end());
        }
        // A clock without a bracket and without a speaker may be the first word of a sentence.
        boolean stated = timed && time.group("in") != null;
        return text(stated ? stamp : null, null, line, stated ? from : 0);
    }

    private static SpokenLine text(@Nullable String stamp, @Nullable String speaker, String line, int from) {
        int start = from;
        while (start < line.length() && Character.isWhitespace(line.charAt(start))) {
            start++;
        }
        return new SpokenLine(stamp, speaker, line.substring(start).stripTrailing(), start);
    }
}
