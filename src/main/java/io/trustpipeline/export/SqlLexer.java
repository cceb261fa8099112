package io.trustpipeline.export;

import io.trustpipeline.export.SqlToken.Kind;
import io.trustpipeline.run.PipelineException;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts an SQL text into tokens by the rules that PostgreSQL, Redshift and DuckDB share (PostgreSQL documentation, "Lexical
 * Structure"). Where they differ about the end of a literal, the text is refused instead of guessed at.
 */
final class SqlLexer {
    private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)?\\$");
    private static final Pattern PLACEHOLDER =
            Pattern.compile(":[\\p{L}_][\\p{L}\\p{N}_]*|\\{[\\p{L}_][\\p{L}\\p{N}_]*}");

    private final String name;
    private final String sql;
    private int position;

    /** @param name the template's name, for messages */
    SqlLexer(String name, String sql) {
        this.name = name;
        this.sql = sql;
    }

    List<SqlToken> tokens() {
        List<SqlToken> tokens = new ArrayList<>();
        while (position < sql.length()) {
            int start = position;
            Kind kind = next();
            tokens.add(new SqlToken(kind, start, position));
        }
        return tokens;
    }

    private Kind next() {
        char c = sql.charAt(position);
        if (Character.isWhitespace(c)) {
            skipWhile(Character::isWhitespace);
            return Kind.SPACE;
        }
        if (sql.startsWith("--", position)) {
            skipWhile(character -> character != '\n' && character != '\r');
            return Kind.COMMENT;
        }
        if (sql.startsWith("/*", position)) {
            blockComment();
            return Kind.COMMENT;
        }
        if (isNamePart(c)) {
            return nameOrLiteral();
        }
        return switch (c) {
            case '\'' -> {
                plainLiteral();
                yield Kind.LITERAL;
            }
            case '"', '`' -> {
                quotedName(c);
                yield Kind.NAME;
            }
            case ';' -> {
                position++;
                yield Kind.SEMICOLON;
            }
            case '?' -> throw refused(position, "\"?\" is no placeholder; known are " + Placeholder.known());
            default -> placeholderOrSymbol();
        };
    }

    private Kind nameOrLiteral() {
        Matcher quote = DOLLAR_QUOTE.matcher(sql).region(position, sql.length());
        if (quote.lookingAt()) {
            int end = sql.indexOf(quote.group(), quote.end());
            if (end < 0) {
                throw refused(position, "a literal begins with " + quote.group() + " and does not end");
            }
            position = end + quote.group().length();
            return Kind.LITERAL;
        }
        int start = position;
        skipWhile(SqlLexer::isNamePart);
        if (position < sql.length()
                && sql.charAt(position) == '\''
                && sql.substring(start, position).equalsIgnoreCase("e")) {
            escapedLiteral();
            return Kind.LITERAL;
        }
        return Kind.NAME;
    }

    private Kind placeholderOrSymbol() {
        if (sql.startsWith("::", position)) {
            position += 2;
            return Kind.SYMBOL;
        }
        Matcher placeholder = PLACEHOLDER.matcher(sql).region(position, sql.length());
        if (placeholder.lookingAt()) {
            position = placeholder.end();
            return Kind.PLACEHOLDER;
        }
        position++;
        return Kind.SYMBOL;
    }

    private void blockComment() {
        int start = position;
        int depth = 0;
        do {
            if (sql.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else if (sql.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else if (position >= sql.length()) {
                throw refused(start, "a comment begins with /* and does not end");
            } else {
                position++;
            }
        } while (depth > 0);
    }

    private void plainLiteral() {
        int start = position++;
        boolean escaped = false;
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (c == '\'' && escaped) {
                throw refused(
                        position,
                        "a backslash before a quote ends the literal in PostgreSQL and does not in Redshift;"
                                + " write '' for the quote, or E'…'");
            }
            if (c == '\'' && !sql.startsWith("''", position)) {
                position++;
                return;
            }
            escaped = c == '\\' && !escaped;
            position += c == '\'' ? 2 : 1;
        }
        throw refused(start, "a literal begins with ' and does not end");
    }

    private void escapedLiteral() {
        int start = position++;
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (c == '\'' && !sql.startsWith("''", position)) {
                position++;
                return;
            }
            position += c == '\\' || c == '\'' ? 2 : 1;
        }
        throw refused(start, "a literal begins with E' and does not end");
    }

    private void quotedName(char quote) {
        int start = position++;
        while (position < sql.length()) {
            if (sql.charAt(position++) == quote) {
                if (position >= sql.length() || sql.charAt(position) != quote) {
                    return;
                }
                position++;
            }
        }
        throw refused(start, "a name begins with " + quote + " and does not end");
    }

    private interface CharTest {
        boolean test(char c);
    }

    private void skipWhile(CharTest test) {
        while (position < sql.length() && test.test(sql.charAt(position))) {
            position++;
        }
    }

    /** Digits too: numbers need no kind of their own. Surrogates are part of names like any other letter. */
    static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || (c > 127 && !Character.isWhitespace(c));
    }

    private PipelineException refused(int at, String reason) {
        return SqlTemplate.refused(name, sql, at, reason);
    }
}
