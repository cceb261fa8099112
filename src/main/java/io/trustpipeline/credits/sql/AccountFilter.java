package io.trustpipeline.credits.sql;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.PlainSelect;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which account a query is about: the one that a condition asks for, and no other that it names anywhere. */
final class AccountFilter {
    private static final String COLUMN = "account_sid";

    /** Also in places where no condition is looked for. */
    private static final Pattern ACCOUNT = Pattern.compile("\\bAC[0-9a-fA-F]{32}\\b");

    private AccountFilter() {}

    static String account(Conditions conditions, PlainSelect select) {
        Set<String> accounts = new TreeSet<>();
        for (Expression condition : conditions.all()) {
            if (condition instanceof EqualsTo equals && isAccount(equals.getLeftExpression())) {
                add(accounts, equals.getRightExpression());
            } else if (condition instanceof InExpression in && !in.isNot() && isAccount(in.getLeftExpression())) {
                add(accounts, in.getRightExpression());
            }
        }
        if (accounts.size() != 1) {
            throw Refusal.because("it asks for " + (accounts.isEmpty() ? "no account" : accounts.size() + " accounts")
                    + ", and one is needed: account_sid = '…'");
        }
        String account = accounts.iterator().next();
        if (!ACCOUNT.matcher(account).matches()) {
            throw Refusal.because("what it compares account_sid with is no account");
        }
        Matcher named = ACCOUNT.matcher(select.toString());
        while (named.find()) {
            if (!named.group().equals(account)) {
                throw Refusal.because("it names another account too");
            }
        }
        return account;
    }

    private static boolean isAccount(Expression expression) {
        return Conditions.bare(expression) instanceof Column column
                && column.getColumnName().replace("\"", "").equalsIgnoreCase(COLUMN);
    }

    private static void add(Set<String> accounts, Expression expression) {
        Expression bare = Conditions.bare(expression);
        if (bare instanceof ExpressionList<?> list) {
            list.forEach(each -> add(accounts, each));
        } else if (bare instanceof StringValue text) {
            accounts.add(text.getValue());
        } else {
            throw Refusal.because("it compares account_sid with something else than a text");
        }
    }
}
