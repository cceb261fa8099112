package io.trustpipeline.credits.sql;

import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.Token;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The parser's tokens of an SQL text, without its comments. */
final class SqlTokens {
    private SqlTokens() {}

    static List<String> of(String sql) {
        return before(sql, token -> false);
    }

    /** Those before the first that ends the text. */
    static List<String> before(String sql, Predicate<Token> end) {
        CCJSqlParser parser = CCJSqlParserUtil.newParser(sql);
        List<String> tokens = new ArrayList<>();
        for (Token token = parser.getNextToken();
                token.kind != CCJSqlParserConstants.EOF && !end.test(token);
                token = parser.getNextToken()) {
            tokens.add(token.image);
        }
        return tokens;
    }
}
