package io.trustpipeline.cli;

import io.trustpipeline.chunked.VisitDatabase;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The chunked update carried out once, in order, in this process: what every other way of carrying it out must leave. */
final class UninterruptedUpdate {
    private UninterruptedUpdate() {}

    /** @return the fingerprint of a copy of the database after run {@code r1} of 2025-09-26 */
    static String fingerprint(VisitDatabase databases, Path home) throws Exception {
        String url = databases.copy();
        Invocation whole = Invocation.of(
                "run",
                "chunked-etl",
                "--run-id",
                "r1",
                "--run-date",
                "2025-09-26",
                "--mode",
                "sequential",
                "--database",
                url,
                "--home",
                home.toString());
        assertThat(whole.status()).as(whole.err()).isZero();
        return VisitDatabase.fingerprint(url);
    }
}
