package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** A request becomes a run, or takes up the run that it began earlier. */
public final class FeatureClaims {
    private final RunObjects objects;
    private final Clock clock;

    public FeatureClaims(RunObjects objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
    }

    private record Claim(
            @JsonProperty("request") FeatureRequest request,
            @JsonProperty("claimed_at") Instant claimedAt) {}

    /** The run of an id, if there is one. */
    public static Optional<FeatureRun> find(RunObjects objects, String runId) {
        return objects.read(FeatureLayout.claim(runId), Claim.class).map(claim -> run(objects, claim));
    }

    /** @throws PipelineException REQUEST_REFUSED when the id belongs to another request */
    public FeatureRun claim(FeatureRequest request) {
        String key = FeatureLayout.claim(request.runId());
        objects.create(key, new Claim(request, clock.instant()));
        Claim claim = objects.read(key, Claim.class).orElseThrow();
        if (!claim.request().equals(request)) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    "run_id: \"" + request.runId() + "\" belongs to another request (run_date "
                            + claim.request().date() + ", dataset "
                            + claim.request().dataset().lower() + ", input "
                            + claim.request().input() + "); use another run_id, or the same request and definitions");
        }
        KillPoint.pass("AFTER_FEATURES_CLAIM");
        return run(objects, claim);
    }

    private static FeatureRun run(RunObjects objects, Claim claim) {
        return new FeatureRun(
                claim.request(),
                claim.claimedAt(),
                objects.read(FeatureLayout.made(claim.request().runId()), MadeFeatures.class)
                        .orElse(null),
                false);
    }
}
