package io.trustpipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.features.Dataset;
import io.trustpipeline.features.FeatureItem;
import io.trustpipeline.features.FeatureTable;
import io.trustpipeline.run.PipelineException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Answers a lookup of {@code routes/features-lookup.camel.yaml}: 200, 400, 404 or 503, and always JSON. Thread-safe. */
final class FeatureLookup {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureLookup.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final FeatureTable table;

    FeatureLookup(FeatureTable table) {
        this.table = table;
    }

    /** Camel calls it. */
    public void answer(Exchange exchange) throws JsonProcessingException {
        Message message = exchange.getMessage();
        String customer = message.getHeader("customer", "", String.class);
        @Nullable String asOf = message.getHeader("as_of", String.class);
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        LocalDate day;
        try {
            day = asOf == null ? FeaturesGetCommand.END_OF_TIME : LocalDate.parse(asOf);
        } catch (DateTimeException e) {
            refuse(message, 400, "as_of: \"" + asOf + "\" is not a day as YYYY-MM-DD");
            return;
        }
        try {
            Optional<FeatureItem> found = table.latest(customer, Dataset.FULL, day);
            if (found.isEmpty()) {
                refuse(message, 404, FeaturesGetCommand.unknown(customer, asOf));
            } else {
                message.setBody(FeaturesGetCommand.json(found.get()));
            }
        } catch (PipelineException e) {
            LOG.warn("a lookup failed", e);
            refuse(message, 503, String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(Message message, int status, String reason) throws JsonProcessingException {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setBody(JSON.writeValueAsString(Map.of("error", reason)));
    }
}
