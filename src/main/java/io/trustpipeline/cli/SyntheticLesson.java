package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

import java.util.List;
import java.util.Random;

/** Lessons of any length, made up word by word; the same day is always the same lesson. */
record SyntheticLesson(int pupils) {
    private static final List<String> SENTENCES = List.of(
            "I think the bridge needs another sheet of paper on the left side.",
            "Can you explain how the numbers in the second column come about?",
            "We could also begin with the river and draw the houses later.",
            "Let's work together on this one, it is a long list.",
            "My answer is forty two, but I am not sure about the remainder.",
            "I feel that the text is about a girl who moves to another town.",
            "Wait, let me think for a moment before we change it.",
            "The second experiment took longer than the first one did.",
            "Are you okay? You look tired today.",
            "In other words, the plant turns towards the light.");

    ArrayNode roster() {
        ArrayNode roster = new JsonMapper().createArrayNode();
        for (int pupil = 1; pupil <= pupils; pupil++) {
            roster.add("Pupil " + pupil);
        }
        return roster;
    }

    /** Lines of one to three sentences, until there are so many words. */
    String text(int words, int day) {
        Random random = new Random(day);
        StringBuilder text = new StringBuilder(words * 6);
        for (int spoken = 0, line = 0; spoken < words; line++) {
            text.append(line % 7 == 0 ? "Teacher" : "Pupil " + (1 + random.nextInt(pupils)))
                    .append(':');
            for (int sentence = random.nextInt(3); sentence >= 0; sentence--) {
                String said = SENTENCES.get(random.nextInt(SENTENCES.size()));
                text.append(' ').append(said);
                spoken += said.split(" ").length;
            }
            text.append('\n');
        }
        return text.toString();
    }
}
