package io.trustpipeline.credits.jobs;

import io.trustpipeline.credits.CreditMetrics;
import io.trustpipeline.credits.looker.LookerClient;
import io.trustpipeline.credits.looker.LookerLink;
import io.trustpipeline.credits.sql.LookerSql;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.util.Set;

/** From a link to the query behind it. */
public final class LinkResolution {
    private final LookerClient looker;
    private final String host;
    private final CreditMetrics metrics;

    /** @param host of the one Looker whose links are followed */
    public LinkResolution(LookerClient looker, String host, CreditMetrics metrics) {
        this.looker = looker;
        this.host = host;
        this.metrics = metrics;
    }

    /**
     * @param accounts that the message names; none allows any
     * @throws PipelineException REQUEST_REFUSED when the query is not to be run
     */
    LookerSql resolve(String link, Set<String> accounts) {
        LookerSql sql = LookerSql.read(looker.sql(LookerLink.parse(link, host)));
        metrics.resolvedLink();
        if (sql instanceof LookerSql.Verify verify
                && !accounts.isEmpty()
                && !accounts.contains(verify.query().account())) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    "the link's SQL is refused: the message names another account; nothing of it was run");
        }
        return sql;
    }
}
