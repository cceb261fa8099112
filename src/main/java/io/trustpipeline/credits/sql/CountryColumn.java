package io.trustpipeline.credits.sql;

import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;

/** Rewrites a query so that all its rows come, by country. */
final class CountryColumn {
    static final String NAME = "iso_country_code";
    static final String MONEY = "counters_by_billable_item.total_sum";

    private CountryColumn() {}

    static void add(PlainSelect select) {
        if (select.getSelectItems().stream().noneMatch(item -> isNamed(item, MONEY))) {
            throw Refusal.because("it has no column \"" + MONEY + "\"");
        }
        select.setOrderByElements(null);
        select.setLimit(null);
        select.setOffset(null);
        select.setFetch(null);
        if (select.getSelectItems().stream().noneMatch(item -> isNamed(item, NAME))) {
            Column country = new Column(new Table("billable_items"), NAME);
            select.getSelectItems().add(new SelectItem<>(country, new Alias(NAME, true)));
            select.addGroupByColumnReference(country);
        }
    }

    private static boolean isNamed(SelectItem<?> item, String name) {
        if (item.getAlias() != null) {
            return item.getAlias().getName().replace("\"", "").equalsIgnoreCase(name);
        }
        return item.getExpression() instanceof Column column
                && column.getColumnName().replace("\"", "").equalsIgnoreCase(name);
    }
}
