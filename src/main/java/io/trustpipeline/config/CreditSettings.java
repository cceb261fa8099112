package io.trustpipeline.config;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Credits.
 *
 * @param slack where requests are read and answered
 * @param looker where the SQL behind links is
 * @param warehouse the Presto or Trino that is asked
 */
public record CreditSettings(Slack slack, Looker looker, Warehouse warehouse, Rules rules, Job job) {

    /**
     * The channel.
     *
     * @param reviewer the id of the user who gets direct messages
     * @param keywords by which a message without a link is known to be a request
     * @param window how long a message is looked at again
     * @param lease how long a poll whose process died keeps others out
     */
    public record Slack(
            URI api,
            String channel,
            Optional<Secret> token,
            Optional<String> reviewer,
            List<String> keywords,
            Duration window,
            Duration lease) {}

    /** @param host of links; the address's own if left out */
    public record Looker(Optional<URI> url, Optional<String> host, Optional<String> clientId, Optional<Secret> secret) {
        /** Whose links are followed. */
        public String linkHost() {
            return host.or(() -> url.map(URI::getHost)).orElse("");
        }
    }

    /**
     * Presto or Trino.
     *
     * @param fraudDeadline of the query from Looker
     * @param deadline of each other one
     */
    public record Warehouse(
            Optional<String> url,
            Optional<String> user,
            Optional<Secret> password,
            Duration fraudDeadline,
            Duration deadline) {}

    /**
     * What is computed and told.
     *
     * @param limit larger amounts are held for approval
     * @param original whether the first notebook's choices decide
     * @param attempts of a message that fails
     * @param pause before the second attempt
     * @param callPause before a call outside is tried again
     */
    public record Rules(BigDecimal limit, boolean original, int attempts, Duration pause, Duration callPause) {}

    /** @param image of processing jobs; without one amounts are computed in the process itself */
    public record Job(
            Optional<String> image,
            Optional<String> role,
            String instanceType,
            Duration poll,
            Duration cap,
            Optional<URI> endpoint) {}
}
