package io.trustpipeline.credits.sql;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.schema.Column;

import java.util.Locale;
import java.util.Set;

/** Whether a query is about Verify, which the data calls Authy: a condition asks for it, and does not exclude it. */
final class VerifyProduct {
    private static final String NAME = "authy";
    private static final Set<String> COLUMNS =
            Set.of("billable_item_metadata_alex.product", "billable_items.friendly_name");

    private VerifyProduct() {}

    static boolean isMeantBy(Conditions conditions) {
        return conditions.all().stream().anyMatch(VerifyProduct::asks);
    }

    private static boolean asks(Expression condition) {
        Expression bare = Conditions.bare(condition);
        if (bare instanceof OrExpression or) {
            return asks(or.getLeftExpression()) && asks(or.getRightExpression());
        }
        if (bare instanceof AndExpression and) {
            return asks(and.getLeftExpression()) || asks(and.getRightExpression());
        }
        if (bare instanceof LikeExpression like) {
            return !like.isNot() && isProduct(like.getLeftExpression()) && names(like.getRightExpression());
        }
        if (bare instanceof EqualsTo equals) {
            return isProduct(equals.getLeftExpression()) && names(equals.getRightExpression());
        }
        if (bare instanceof InExpression in) {
            return !in.isNot() && isProduct(in.getLeftExpression()) && names(in.getRightExpression());
        }
        return false;
    }

    private static boolean isProduct(Expression expression) {
        Expression bare = argument(expression);
        return bare instanceof Column column
                && COLUMNS.contains(
                        column.getFullyQualifiedName().replace("\"", "").toLowerCase(Locale.ROOT));
    }

    /** Of a list, every value has to. */
    private static boolean names(Expression expression) {
        Expression bare = argument(expression);
        if (bare instanceof ExpressionList<?> list) {
            return !list.isEmpty() && list.stream().allMatch(VerifyProduct::names);
        }
        return bare instanceof StringValue text
                && text.getValue().toLowerCase(Locale.ROOT).contains(NAME);
    }

    /** Looks through parentheses, and functions of one argument such as LOWER. */
    private static Expression argument(Expression expression) {
        Expression bare = Conditions.bare(expression);
        while (bare instanceof Function function
                && function.getParameters() != null
                && function.getParameters().size() == 1) {
            bare = Conditions.bare(function.getParameters().get(0));
        }
        return bare;
    }
}
