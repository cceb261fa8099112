package io.trustpipeline.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Run identity: a run id belongs to one request for ever. The request object, put if absent, is the claim. */
public final class RunClaims {
    private final RunObjects objects;
    private final String bucket;
    private final String prefix;
    private final Clock clock;
    private final ZoneId zone;
    private final RandomGenerator random;

    public RunClaims(
            RunObjects objects, String bucket, String prefix, Clock clock, ZoneId zone, RandomGenerator random) {
        this.objects = objects;
        this.bucket = bucket;
        this.prefix = prefix;
        this.clock = clock;
        this.zone = zone;
        this.random = random;
    }

    /**
     * Claims the run of these fields, or takes up the run that has their id.
     *
     * @throws PipelineException REQUEST_REFUSED when the id belongs to another request
     */
    public Run claim(RequestFields fields) {
        RunRequest request = existing(fields).orElseGet(() -> first(fields));
        RunLayout layout = new RunLayout(bucket, prefix, request);
        RunState state = objects.read(layout.manifestKey(), Manifest.class)
                .map(Manifest::state)
                .orElse(RunState.STARTED);
        int attempt = state == RunState.STARTED ? nextAttempt(layout, fields.limits()) : attempts(layout);
        KillPoint.AFTER_CLAIM.pass();
        return new Run(request, layout, state, attempt);
    }

    private Optional<RunRequest> existing(RequestFields fields) {
        if (fields.runId() == null) {
            return Optional.empty();
        }
        String key = RunLayout.requestKey(prefix, fields.runId());
        return objects.read(key, RunRequest.class).map(fields::sameAs);
    }

    private RunRequest first(RequestFields fields) {
        RunRequest request = fields.withDefaults(clock, zone, random);
        String key = RunLayout.requestKey(prefix, request.runId());
        return objects.create(key, request)
                ? request
                : fields.sameAs(objects.read(key, RunRequest.class).orElseThrow());
    }

    private int nextAttempt(RunLayout layout, Limits limits) {
        Attempt attempt = new Attempt(
                clock.instant(),
                host(),
                ProcessHandle.current().pid(),
                EngineVersion.current(),
                limits.any() ? limits : null);
        int number = attempts(layout) + 1;
        while (!objects.create(layout.attempt(number), attempt)) {
            number++;
        }
        return number;
    }

    private int attempts(RunLayout layout) {
        return objects.keys(layout.attemptsPrefix()).size();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
