package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.Doc;

import java.util.Arrays;
import java.util.Set;

/**
 * {@code sent_spans.v1} after a {@code sentencizer}: every sentence is a window. A sentence ends after a token that is one of the
 * given punctuation marks, and after all punctuation that follows it.
 *
 * @param punctuation tokens that end a sentence
 */
public record SentenceSpans(Set<String> punctuation) implements SpanGetter {

    /** Takes the marks as they are given. */
    public SentenceSpans {
        punctuation = Set.copyOf(punctuation);
    }

    @Override
    public Windows of(Doc doc) {
        int[] starts = new int[16];
        int count = 0;
        boolean ended = true;
        for (int token = 0; token < doc.length(); token++) {
            boolean ends = punctuation.contains(doc.tokenText(token));
            if (count == 0 || ended && !ends && doc.attribute(Attribute.IS_PUNCT, token) == 0) {
                starts = count + 1 < starts.length ? starts : Arrays.copyOf(starts, 2 * count);
                starts[count++] = token;
                ended = false;
            }
            ended |= ends;
        }
        starts[count] = doc.length();
        return new Sentences(Arrays.copyOf(starts, count + 1));
    }

    @Override
    public String describe() {
        return "a window a sentence";
    }

    /** Where sentences start, and where the last ends. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Sentences(int[] starts) implements Windows {

        @Override
        public int count() {
            return starts.length - 1;
        }

        @Override
        public int start(int index) {
            return starts[index];
        }

        @Override
        public int end(int index) {
            return starts[index + 1];
        }

        @Override
        public int firstWith(int token) {
            int found = Arrays.binarySearch(starts, 0, count(), token);
            return found >= 0 ? found : Math.max(0, -found - 2);
        }

        @Override
        public int lastBefore(int token) {
            int found = Arrays.binarySearch(starts, 0, count(), token);
            return found >= 0 ? found : -found - 1;
        }
    }
}
