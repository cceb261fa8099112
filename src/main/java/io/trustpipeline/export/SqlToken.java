package io.trustpipeline.export;

/**
 * A piece of an SQL text, from {@code start} up to {@code end}. The pieces of a text, one behind the other, are the text.
 */
record SqlToken(Kind kind, int start, int end) {
    enum Kind {
        SPACE,
        /** {@code -- …} up to the end of the line, or a block comment, which may hold others. */
        COMMENT,
        /** {@code '…'}, {@code E'…'}, {@code $tag$…$tag$}: the text of the template, left alone. */
        LITERAL,
        /** A word, a number, or a quoted identifier. */
        NAME,
        /** {@code :name} or <code>{NAME}</code>. */
        PLACEHOLDER,
        SEMICOLON,
        SYMBOL
    }

    String text(String sql) {
        return sql.substring(start, end);
    }

    /** Whether the statement would be the same without it. */
    boolean isBlank() {
        return kind == Kind.SPACE || kind == Kind.COMMENT;
    }
}
