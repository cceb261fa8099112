package io.trustpipeline.report;

import io.trustpipeline.report.RunReport.SentenceSpan;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence with its spans as bars below the words, one row of bars for those that do not overlap, as spaCy's own
 * visualiser draws them. The bars are for the eye alone: the list below the picture says the same.
 *
 * @see <a href="https://spacy.io/usage/visualizers#span">displaCy, span</a>
 */
final class SpanPicture {
    /** The style sheet has room for so many rows. */
    static final int MOST_ROWS = 6;

    private final int[] sentence;
    private final List<SentenceSpan> spans;
    private final int[] rows;

    private SpanPicture(String sentence, List<SentenceSpan> spans) {
        this.sentence = sentence.codePoints().toArray();
        this.spans = spans;
        this.rows = rows(spans);
    }

    /** @param spans in the order of their starts */
    static void write(Html html, String sentence, List<SentenceSpan> spans, List<String> themes) {
        new SpanPicture(sentence, spans).write(html, themes);
    }

    /** For each span the first row where nothing that begins before it is still going on. */
    static int[] rows(List<SentenceSpan> spans) {
        int[] rows = new int[spans.size()];
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            int row = 0;
            while (row < ends.size() && ends.get(row) > spans.get(i).start()) {
                row++;
            }
            if (row == ends.size()) {
                ends.add(0);
            }
            ends.set(row, spans.get(i).end());
            rows[i] = row;
        }
        return rows;
    }

    private void write(Html html, List<String> themes) {
        int deepest = 0;
        for (int row : rows) {
            deepest = Math.max(deepest, Math.min(MOST_ROWS - 1, row));
        }
        html.open("p", "class", "sentence rows" + (deepest + 1)).open("bdi");
        int from = 0;
        while (from < sentence.length) {
            int to = next(from);
            String words = new String(sentence, from, to - from);
            List<Integer> here = at(from);
            if (here.isEmpty()) {
                html.text(words);
            } else {
                html.open("span", "class", "part").text(words);
                for (int span : here) {
                    bar(
                            html,
                            span,
                            themes.indexOf(spans.get(span).theme()),
                            from == spans.get(span).start());
                }
                html.close("span");
            }
            from = to;
        }
        html.close("bdi").close("p").line();
    }

    private void bar(Html html, int span, int theme, boolean begins) {
        String place = " row" + rows[span] + " theme" + Math.floorMod(theme, 8);
        html.open("span", "class", "mark" + place, "aria-hidden", "true").close("span");
        if (begins) {
            html.element("span", spans.get(span).theme(), "class", "name row" + rows[span], "aria-hidden", "true");
        }
    }

    /** Spans that go on at a place, as far as there is room to draw them. */
    private List<Integer> at(int place) {
        List<Integer> here = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).start() <= place && place < spans.get(i).end() && rows[i] < MOST_ROWS) {
                here.add(i);
            }
        }
        return here;
    }

    /** Where the next part begins: at a span's edge, or at a word's, so that lines can break there. */
    private int next(int from) {
        boolean space = Character.isWhitespace(sentence[from]);
        int wordEnd = from + 1;
        while (wordEnd < sentence.length && Character.isWhitespace(sentence[wordEnd]) == space) {
            wordEnd++;
        }
        int next = wordEnd;
        for (SentenceSpan span : spans) {
            for (int edge : new int[] {span.start(), span.end()}) {
                if (edge > from && edge < next) {
                    next = edge;
                }
            }
        }
        return next;
    }
}
