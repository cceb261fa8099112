package io.trustpipeline.spacy.transformer.pieces;

/**
 * Where GPT-2's words end:
 * {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}, without backtracking.
 */
final class WordSplit {

    private WordSplit() {}

    private enum Kind {
        LETTER,
        NUMBER,
        SPACE,
        OTHER;

        static Kind of(int codePoint) {
            if (Characters.LETTER.contains(codePoint)) {
                return LETTER;
            }
            if (Characters.NUMBER.contains(codePoint)) {
                return NUMBER;
            }
            return Characters.SPACE.contains(codePoint) ? SPACE : OTHER;
        }
    }

    /** The end of the word that starts at {@code start}. */
    static int end(int[] text, int start, int to) {
        if (text[start] == '\'') {
            int contraction = contraction(text, start, to);
            if (contraction > start) {
                return contraction;
            }
        }
        if (text[start] == ' ' && start + 1 < to && Kind.of(text[start + 1]) != Kind.SPACE) {
            return endAfterBlank(text, start + 1, to);
        }
        int end = run(text, start, to);
        boolean leavesOne = Kind.of(text[start]) == Kind.SPACE && end < to && end - start > 1;
        return leavesOne ? end - 1 : end;
    }

    /** The end of the word that starts with a blank before {@code start}: it may be the blank alone. */
    static int endAfterBlank(int[] text, int start, int to) {
        int end = run(text, start, to);
        return Kind.of(text[start]) == Kind.SPACE && end < to ? end - 1 : end;
    }

    private static int run(int[] text, int start, int to) {
        Kind kind = Kind.of(text[start]);
        int end = start + 1;
        while (end < to && Kind.of(text[end]) == kind) {
            end++;
        }
        return end;
    }

    private static int contraction(int[] text, int start, int to) {
        int first = start + 1 < to ? text[start + 1] : 0;
        int second = start + 2 < to ? text[start + 2] : 0;
        return switch (first) {
            case 's', 't', 'm', 'd' -> start + 2;
            case 'r', 'v' -> second == 'e' ? start + 3 : start;
            case 'l' -> second == 'l' ? start + 3 : start;
            default -> start;
        };
    }
}
