package io.trustpipeline.credits.sql;

import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.Statements;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/**
 * One SELECT, as the parser's tree. Looker appends a second query for totals and pivots, without a semicolon, behind a
 * comment; the tokens from there on are left out.
 */
final class SingleSelect {
    private static final String TOTALS = "sql for creating the total";
    private static final int LONGEST = 200_000;

    private SingleSelect() {}

    static PlainSelect parse(String sql) {
        if (sql.length() > LONGEST) {
            throw Refusal.because("it has more than " + LONGEST + " characters");
        }
        List<String> tokens;
        @Nullable Statements statements;
        try {
            tokens = SqlTokens.before(sql, SingleSelect::isBehindTotals);
            statements = CCJSqlParserUtil.parseStatements(String.join(" ", tokens));
        } catch (JSQLParserException | TokenMgrException notSql) {
            // Without the cause, whose message quotes the query.
            throw Refusal.because("it is not one statement that can be read");
        }
        if (statements == null) {
            // What the parser returns for parentheses that it does not follow.
            throw Refusal.because("it is not one statement that can be read");
        }
        if (statements.size() != 1) {
            throw Refusal.because("it is " + statements.size() + " statements, and one is allowed");
        }
        PlainSelect select = readOnly(statements.get(0));
        if (tokens.stream().anyMatch("table"::equalsIgnoreCase)) {
            throw Refusal.because("it calls a table function");
        }
        return select;
    }

    /** Comments hang before the token that follows them. */
    private static boolean isBehindTotals(Token token) {
        for (Token comment = token.specialToken; comment != null; comment = comment.specialToken) {
            if (comment.image.toLowerCase(Locale.ROOT).contains(TOTALS)) {
                return true;
            }
        }
        return false;
    }

    private static PlainSelect readOnly(Statement statement) {
        if (!(statement instanceof PlainSelect select)) {
            throw Refusal.because("it is not a plain SELECT");
        }
        if (select.getWithItemsList() != null && !select.getWithItemsList().isEmpty()) {
            throw Refusal.because("it begins with WITH; a look without derived tables is needed");
        }
        if (select.getIntoTables() != null && !select.getIntoTables().isEmpty()) {
            throw Refusal.because("it writes into a table");
        }
        if (select.getForMode() != null) {
            throw Refusal.because("it locks rows");
        }
        if (select.getWhere() == null) {
            throw Refusal.because("it has no conditions");
        }
        return select;
    }
}
