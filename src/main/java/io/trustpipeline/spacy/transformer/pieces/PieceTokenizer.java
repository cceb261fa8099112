package io.trustpipeline.spacy.transformer.pieces;

import io.trustpipeline.spacy.transformer.pieces.AddedTokens.Part;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A Hugging Face tokenizer: added tokens are cut out of the text, the rest goes to a model, and special pieces are put
 * around. Immutable and shared by threads.
 */
public final class PieceTokenizer {

    private final PieceModel model;
    private final List<AddedToken> added;
    private final AddedTokens asWritten;
    private final AddedTokens normalized;
    private final PieceSettings settings;
    private final PieceStrings strings;

    PieceTokenizer(PieceModel model, List<AddedToken> added, PieceSettings settings, PieceStrings strings) {
        this.model = model;
        this.added = List.copyOf(added);
        this.asWritten = new AddedTokens(
                added.stream().filter(token -> !token.normalized()).toList());
        this.normalized =
                new AddedTokens(added.stream().filter(AddedToken::normalized).toList());
        this.settings = settings;
        this.strings = strings;
    }

    /**
     * The pieces of a text, special ones included.
     *
     * <p>There may be more than {@link #maxLength()}: who aligns by text needs them all.
     *
     * @param text in code points
     * @param out receives the pieces in place of those that it holds
     */
    public void tokenize(int[] text, Pieces out) {
        out.clear();
        out.add(settings.open(), 0, 0);
        tokenizeInside(model.prepare(text, asWritten), out);
        out.add(settings.close(), 0, 0);
    }

    private void tokenizeInside(int[] text, Pieces out) {
        List<Part> parts = text.length == 0 ? List.of() : List.of(new Part(0, text.length, null));
        for (Part part : normalized.split(text, asWritten.split(text, parts))) {
            AddedToken token = part.token();
            int first = out.count();
            if (token == null) {
                model.cut(text, part.start(), part.end(), out);
            } else {
                out.add(token.id(), part.start(), part.end());
            }
            if (settings.trimOffsets()) {
                trim(text, token, first, out);
            }
        }
    }

    /** Takes blanks out of offsets. A newline is not a blank here: its piece is spelt otherwise. */
    private void trim(int[] text, @Nullable AddedToken token, int first, Pieces out) {
        for (int piece = first; piece < out.count(); piece++) {
            int start = out.start(piece);
            int end = out.end(piece);
            int leading = token == null ? model.leadingBlanks(out.id(piece)) : blanks(text, start, end, 1);
            int trailing = token == null ? model.trailingBlanks(out.id(piece)) : blanks(text, end - 1, start - 1, -1);
            if (leading > 0) {
                boolean prefixed = settings.addPrefixSpace() && (piece == 1 || start == 0);
                start = Math.min(start + leading - (prefixed ? 1 : 0), end);
            }
            if (trailing > 0 && end >= trailing) {
                end = Math.max(end - trailing, start);
            }
            out.move(piece, start, end);
        }
    }

    private static int blanks(int[] text, int from, int to, int step) {
        int count = 0;
        for (int at = from; at != to && Characters.SPACE.contains(text[at]); at += step) {
            count++;
        }
        return count;
    }

    /**
     * How many pieces of a text go to the encoder. spacy-transformers cuts off what is beyond, the closing special piece
     * too.
     */
    public int maxLength() {
        return settings.maxLength();
    }

    /** A piece as the vocabulary spells it. */
    public String text(int id) {
        return strings.of(id);
    }

    /** The texts that stand for something other than text. */
    public List<String> specialTexts() {
        return added.stream()
                .filter(AddedToken::special)
                .map(AddedToken::content)
                .toList();
    }
}
