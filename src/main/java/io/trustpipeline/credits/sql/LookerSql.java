package io.trustpipeline.credits.sql;

import net.sf.jsqlparser.statement.select.PlainSelect;

/** The SQL behind a link: of Verify and fit to be sent, or of another product. */
public sealed interface LookerSql {

    /** Traffic of Verify. */
    record Verify(FraudQuery query) implements LookerSql {}

    /** Nothing that credits are given for. */
    record OtherProduct() implements LookerSql {}

    /**
     * Reads what Looker generated.
     *
     * @throws io.trustpipeline.run.PipelineException REQUEST_REFUSED when it is anything but one SELECT of one account's
     *     traffic in one time; nothing of the SQL is quoted, as messages go to Slack
     */
    static LookerSql read(String sql) {
        PlainSelect select = SingleSelect.parse(sql);
        Conditions conditions = Conditions.of(select.getWhere());
        if (!VerifyProduct.isMeantBy(conditions)) {
            return new OtherProduct();
        }
        ReadTables.check(select);
        String account = AccountFilter.account(conditions, select);
        DateWindow window = DateWindow.of(conditions);
        CountryColumn.add(select);
        return new Verify(new FraudQuery(select.toString(), account, window.start(), window.end()));
    }
}
