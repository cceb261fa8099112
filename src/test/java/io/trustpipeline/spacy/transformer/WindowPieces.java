package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Doc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The pieces of all windows of a document, in the shape of golden files. */
public final class WindowPieces {

    private final Transformer transformer;
    private final List<List<Integer>> windows = new ArrayList<>();
    private final List<List<Integer>> ids = new ArrayList<>();
    private final List<List<List<Integer>>> offsets = new ArrayList<>();
    private final List<List<Integer>> alignment = new ArrayList<>();

    public WindowPieces(Transformer transformer) {
        this.transformer = transformer;
    }

    /** Turns to a document; a piece's flat number is that of its window times {@code padded}, and its own. */
    public void open(Doc doc, int padded) {
        windows.clear();
        ids.clear();
        offsets.clear();
        alignment.clear();
        IntStream.range(0, doc.length()).forEach(token -> alignment.add(new ArrayList<>()));
        SpanGetter.Windows cuts = transformer.spans().of(doc);
        for (int index = 0; index < cuts.count(); index++) {
            PieceWindow window = new PieceWindow();
            window.open(doc, cuts, index, transformer.tokenizer(), transformer.alignsByOffsets());
            windows.add(List.of(cuts.start(index), cuts.end(index)));
            ids.add(IntStream.range(0, window.pieces().count())
                    .mapToObj(window.pieces()::id)
                    .toList());
            offsets.add(IntStream.range(0, window.pieces().count())
                    .mapToObj(piece -> List.of(
                            window.pieces().start(piece), window.pieces().end(piece)))
                    .toList());
            for (int pair = 0; pair < window.pairs(); pair++) {
                if (window.isWhole(pair)) {
                    alignment.get(window.token(pair)).add(index * padded + window.piece(pair));
                }
            }
        }
    }

    public List<List<Integer>> windows() {
        return windows;
    }

    public List<List<Integer>> ids() {
        return ids;
    }

    public List<List<List<Integer>>> offsets() {
        return offsets;
    }

    public List<List<Integer>> alignment() {
        return alignment;
    }
}
