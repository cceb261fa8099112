package io.trustpipeline.score;

import java.util.List;

/** What became of a comment. Every comment has exactly one outcome, however many themes there are. */
public sealed interface Outcome {
    Comment comment();

    /**
     * It was scored for all the themes it asked for.
     *
     * @param spans by theme in the catalogue's order, those of a theme as the model gives them; often none
     * @param near what lies a little below the thresholds, in the same order
     */
    record Scored(Comment comment, List<ThemeSpan> spans, List<NearMiss> near) implements Outcome {
        public Scored {
            spans = List.copyOf(spans);
            near = List.copyOf(near);
        }
    }

    /** It asked for no theme. */
    record AlreadyScored(Comment comment) implements Outcome {}

    /** It has no text. */
    record Empty(Comment comment) implements Outcome {}

    /**
     * It could not be scored, though others could.
     *
     * @param stage which part of the work refused it
     * @param reason one line, without any of the comment's text
     */
    record Rejected(Comment comment, String stage, String reason) implements Outcome {}
}
