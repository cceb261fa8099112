package io.trustpipeline.export;

import io.trustpipeline.export.SqlToken.Kind;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A query with placeholders: {@code :run_date} (a DATE), {@code :up_id} or <code>{UP_ID}</code>, and {@code :row_limit}
 * (integers). They stand for values where SQL expects a value; in comments, literals and quoted identifiers they are text
 * like any other. {@code ::type} is a cast.
 *
 * <p>A template is one statement. The semicolon and the comments behind it are dropped, so that it can be wrapped.
 * Immutable.
 */
public final class SqlTemplate {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Either some of the template's own text or a placeholder. */
    private sealed interface Piece {}

    private record Text(String sql) implements Piece {}

    private record Hole(Placeholder placeholder) implements Piece {}

    private final List<Piece> pieces;

    private SqlTemplate(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /**
     * Reads a template from a file in UTF-8.
     *
     * @throws PipelineException with {@link ExitCode#CONFIGURATION} when it cannot be read, or as {@link #parse} does
     */
    public static SqlTemplate read(Path file) {
        try {
            String sql = Files.readString(file);
            return parse(file.toString(), sql.startsWith(BYTE_ORDER_MARK) ? sql.substring(1) : sql);
        } catch (IOException e) {
            throw new PipelineException(ExitCode.CONFIGURATION, file + ": cannot be read as a text in UTF-8", e);
        }
    }

    /**
     * Reads a template.
     *
     * @param name what messages call it
     * @throws PipelineException with {@link ExitCode#CONFIGURATION} when it is no query, holds more than one statement, an
     *     unknown placeholder, or a literal or comment without end; the message gives line and column, from 1
     */
    public static SqlTemplate parse(String name, String sql) {
        List<SqlToken> tokens = new SqlLexer(name, sql).tokens();
        int end = tokens.size();
        while (end > 0 && (tokens.get(end - 1).isBlank() || tokens.get(end - 1).kind() == Kind.SEMICOLON)) {
            end--;
        }
        if (end == 0) {
            throw new PipelineException(ExitCode.CONFIGURATION, name + ": holds no statement");
        }
        requireQuery(name, sql, tokens);
        List<Piece> pieces = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < end; index++) {
            SqlToken token = tokens.get(index);
            switch (token.kind()) {
                case SEMICOLON ->
                    throw refused(
                            name,
                            sql,
                            token.start(),
                            "a second statement begins behind this semicolon; one is allowed");
                case PLACEHOLDER -> {
                    pieces.add(new Text(text.toString()));
                    pieces.add(new Hole(placeholder(name, sql, token)));
                    text.setLength(0);
                }
                case SPACE, COMMENT, LITERAL, NAME, SYMBOL -> text.append(token.text(sql));
            }
        }
        pieces.add(new Text(text.toString()));
        return new SqlTemplate(pieces);
    }

    private static void requireQuery(String name, String sql, List<SqlToken> tokens) {
        SqlToken first =
                tokens.stream().filter(token -> !token.isBlank()).findFirst().orElseThrow();
        String word = first.text(sql);
        if (!word.equalsIgnoreCase("SELECT") && !word.equalsIgnoreCase("WITH") && !word.equals("(")) {
            throw refused(name, sql, first.start(), "a query begins with SELECT or WITH");
        }
    }

    private static Placeholder placeholder(String name, String sql, SqlToken token) {
        String spelling = token.text(sql);
        Placeholder placeholder = Placeholder.find(spelling)
                .orElseThrow(() -> refused(
                        name,
                        sql,
                        token.start(),
                        "unknown placeholder " + spelling + "; known are " + Placeholder.known()));
        if (touches(sql, token.start() - 1, '}') || touches(sql, token.end(), '{')) {
            throw refused(
                    name,
                    sql,
                    token.start(),
                    spelling + " touches what is beside it; a placeholder is a value of its own");
        }
        return placeholder;
    }

    /**
     * Whether a value written beside this character would become part of another number, name, literal or value.
     *
     * @param brace the brace that another placeholder on this side would show
     */
    private static boolean touches(String sql, int at, char brace) {
        if (at < 0 || at >= sql.length()) {
            return false;
        }
        char c = sql.charAt(at);
        return SqlLexer.isNamePart(c) || ".'\"`".indexOf(c) >= 0 || c == brace || (c == ':' && !isCast(sql, at));
    }

    private static boolean isCast(String sql, int at) {
        return sql.startsWith("::", at);
    }

    /** The statement with {@code ?} for every placeholder, and the values to bind. */
    public BoundQuery bound(QueryValues values) {
        List<Object> parameters = pieces.stream()
                .filter(Hole.class::isInstance)
                .map(piece -> ((Hole) piece).placeholder().value(values))
                .toList();
        return new BoundQuery(join(placeholder -> "?"), parameters);
    }

    /** The statement with a literal of its type for every placeholder, for where nothing can be bound. */
    public String rendered(QueryValues values) {
        return join(placeholder -> placeholder.literal(values));
    }

    private String join(Function<Placeholder, String> value) {
        StringBuilder sql = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece instanceof Hole hole) {
                sql.append(value.apply(hole.placeholder()));
            } else if (piece instanceof Text text) {
                sql.append(text.sql());
            }
        }
        return sql.toString().stripLeading();
    }

    static PipelineException refused(String name, String sql, int at, String reason) {
        String before = sql.substring(0, at);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = at - before.lastIndexOf('\n');
        return new PipelineException(
                ExitCode.CONFIGURATION, name + ": line " + line + ", column " + column + ": " + reason);
    }
}
