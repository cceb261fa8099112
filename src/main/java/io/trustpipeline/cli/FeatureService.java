package io.trustpipeline.cli;

import io.trustpipeline.config.Management;
import io.trustpipeline.features.FeatureTable;

import java.util.Map;

/** Lookups over HTTP while it is open: {@code GET /features/<customer>?as_of=YYYY-MM-DD}. Does not own the table. */
final class FeatureService implements AutoCloseable {
    private final CamelRuntime camel;

    private FeatureService(CamelRuntime camel) {
        this.camel = camel;
    }

    static FeatureService start(FeatureTable table, String host, int port, Management management) throws Exception {
        return new FeatureService(CamelRuntime.start(
                "features-lookup",
                Map.of("featureLookup", new FeatureLookup(table)),
                Map.of(
                        "camel.server.enabled",
                        "true",
                        "camel.server.host",
                        host,
                        "camel.server.port",
                        Integer.toString(port),
                        // Nobody is told of lookups.
                        "trust.notify.destination",
                        "none"),
                management));
    }

    @Override
    public void close() {
        camel.close();
    }
}
