package io.trustpipeline.trigger;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.PutResult;
import io.trustpipeline.store.StoredBytes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The leases of triggers: conditional writes decide who of several has one. */
final class LeaseObjects {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final ObjectStore store;
    private final String prefix;
    private final String owner;
    private final Duration length;
    private final Clock clock;

    /**
     * @param prefix of the objects' keys
     * @param owner names this service and no other
     */
    LeaseObjects(ObjectStore store, String prefix, String owner, Duration length, Clock clock) {
        this.store = store;
        this.prefix = prefix;
        this.owner = owner;
        this.length = length;
        this.clock = clock;
    }

    /** A lease that this service has, and the version of its object. */
    record Held(String key, Lease lease, String version) {}

    /** Takes the trigger's lease; empty when somebody has it, or its next try is still to come. */
    Optional<Held> take(Trigger trigger) {
        String key = prefix + trigger.name();
        Instant now = clock.instant();
        Optional<StoredBytes> stored = store.get(key);
        if (stored.isEmpty()) {
            Lease first = new Lease(owner, trigger.version(), 1, now.plus(length));
            return store.putIfAbsent(key, write(first)) instanceof PutResult.Created created
                    ? Optional.of(new Held(key, first, created.etag()))
                    : Optional.empty();
        }
        Lease last = read(key, stored.get());
        boolean same = last.version().equals(trigger.version());
        if (now.isBefore(last.until()) && (same || !last.owner().isEmpty())) {
            return Optional.empty();
        }
        Lease next = new Lease(owner, trigger.version(), same ? last.tries() + 1 : 1, now.plus(length));
        return replace(new Held(key, last, stored.get().etag()), next);
    }

    /** Pushes the end forward; empty when the lease was lost. */
    Optional<Held> renew(Held held) {
        return replace(held, held.lease().until(clock.instant().plus(length)));
    }

    /** Lets others have it after a while. A lost lease is not ours to give. */
    void release(Held held, Duration wait, int tries) {
        replace(held, held.lease().released(clock.instant().plus(wait), tries));
    }

    private Optional<Held> replace(Held held, Lease next) {
        return store.compareAndSet(held.key(), held.version(), write(next))
                .map(version -> new Held(held.key(), next, version));
    }

    private static byte[] write(Lease lease) {
        try {
            return JSON.writeValueAsBytes(lease);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Lease read(String key, StoredBytes stored) {
        try {
            // Jackson reads a lone null as none.
            return Objects.requireNonNull(JSON.readValue(stored.bytes(), Lease.class));
        } catch (IOException | NullPointerException e) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, key + ": is no lease of this program; delete it if no service runs", e);
        }
    }
}
