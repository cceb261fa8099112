package io.trustpipeline.trigger;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Instant;
import java.util.Objects;

/**
 * {@code triggers/claims/<name>}: who carries a trigger out, and until when nobody else may. The one that has it pushes the
 * end forward; when it dies, the time runs out and another service takes over. It stays when the trigger has gone.
 *
 * @param owner empty while a trigger waits for its next try
 * @param version of the trigger; another file of the same name starts anew
 * @param tries how often it was taken
 * @param until by the clocks of the services, which must agree within seconds
 */
record Lease(
        @JsonProperty("owner") String owner,
        @JsonProperty("version") String version,
        @JsonProperty("tries") int tries,
        @JsonProperty("until") Instant until) {
    Lease {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(until, "until");
    }

    Lease until(Instant later) {
        return new Lease(owner, version, tries, later);
    }

    /** Not held by anybody; may be taken from then on. */
    Lease released(Instant from, int newTries) {
        return new Lease("", version, newTries, from);
    }
}
