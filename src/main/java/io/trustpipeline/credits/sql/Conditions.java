package io.trustpipeline.credits.sql;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What must hold of every row: the parts of a WHERE that AND connects. */
record Conditions(List<Expression> all) {

    static Conditions of(Expression where) {
        List<Expression> all = new ArrayList<>();
        collect(where, all);
        all.forEach(Conditions::requireWhole);
        return new Conditions(List.copyOf(all));
    }

    private static void collect(Expression expression, List<Expression> all) {
        Expression inner = bare(expression);
        if (inner instanceof AndExpression and) {
            collect(and.getLeftExpression(), all);
            collect(and.getRightExpression(), all);
        } else if (inner instanceof InExpression in && in.getRightExpression() instanceof AndExpression and) {
            // The parser takes "x IN (1) AND (y) = 2" for "x IN ((1) AND (y) = 2)".
            List<Expression> listAndRest = new ArrayList<>();
            collectOperands(and, listAndRest);
            InExpression alone = new InExpression(in.getLeftExpression(), listAndRest.remove(0));
            alone.setNot(in.isNot());
            all.add(alone);
            listAndRest.forEach(each -> collect(each, all));
        } else {
            all.add(inner);
        }
    }

    private static void collectOperands(Expression expression, List<Expression> operands) {
        if (expression instanceof AndExpression and) {
            collectOperands(and.getLeftExpression(), operands);
            collectOperands(and.getRightExpression(), operands);
        } else {
            operands.add(expression);
        }
    }

    /**
     * Refuses a part that swallowed what stands beside it: were an OR inside of it that is really outside, conditions
     * that we rely on would not have to hold.
     */
    private static void requireWhole(Expression part) {
        if (part instanceof OrExpression) {
            return;
        }
        int depth = 0;
        int betweens = 0;
        for (String token : SqlTokens.of(part.toString())) {
            switch (token.toUpperCase(Locale.ROOT)) {
                case "(" -> depth++;
                case ")" -> depth--;
                case "BETWEEN" -> betweens += depth == 0 ? 1 : 0;
                case "AND" -> betweens -= depth == 0 ? 1 : 0;
                case "OR" -> betweens = depth == 0 ? -1 : betweens;
                default -> {
                    // Part of a condition.
                }
            }
            if (betweens < 0) {
                throw Refusal.because("its conditions cannot be told apart; parentheses around each help");
            }
        }
    }

    /** Without the parentheses around it. */
    static Expression bare(Expression expression) {
        Expression inner = expression;
        while (inner instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            inner = list.get(0);
        }
        return inner;
    }
}
