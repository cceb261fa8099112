package io.trustpipeline.transcripts.api;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** By what tokens are signed. A token that is signed in the other way, or not at all, is refused. */
public sealed interface TokenKeys {
    /** The keys that a signature may be checked with. */
    JWSVerificationKeySelector<SecurityContext> selector();

    /** Whether somebody who made such a token meant it for this service. */
    boolean areOf(String issuer, Iterable<String> audience);

    /** A key that the service shares with whoever makes the tokens (HS256); who else knows it makes tokens too. */
    record Shared(String key) implements TokenKeys {
        private static final int SHORTEST = 32;

        /** @throws PipelineException CONFIGURATION when the key is too short to be one */
        public Shared {
            if (key.getBytes(StandardCharsets.UTF_8).length < SHORTEST) {
                throw new PipelineException(
                        ExitCode.CONFIGURATION, "trust.transcripts.token-key: shorter than " + SHORTEST + " bytes");
            }
        }

        @Override
        public JWSVerificationKeySelector<SecurityContext> selector() {
            return new JWSVerificationKeySelector<>(
                    JWSAlgorithm.HS256, new ImmutableSecret<>(key.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public boolean areOf(String issuer, Iterable<String> audience) {
            return true;
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Shared";
        }
    }

    /**
     * The public keys of an identity provider (RS256, ES256; JWK set, RFC 7517), such as a Cognito user pool's. They are
     * kept for minutes, asked for again when a token names one that is not known, at most every 30 seconds, and used for an
     * hour while the provider does not answer.
     *
     * @param keys where they are published
     * @param issuer who alone may make tokens
     * @param audience whom tokens must be for ({@code aud}, or {@code client_id} where there is none)
     */
    record Published(URL keys, String issuer, String audience) implements TokenKeys {
        private static final int PATIENCE_MILLIS = 2_000;
        private static final int MOST_BYTES = 1 << 18;

        /** @throws PipelineException CONFIGURATION when it is no address that can be asked */
        public static Published of(URI keys, String issuer, String audience) {
            try {
                return new Published(keys.toURL(), issuer, audience);
            } catch (MalformedURLException | IllegalArgumentException e) {
                throw new PipelineException(ExitCode.CONFIGURATION, "trust.transcripts.token-keys: " + keys, e);
            }
        }

        @Override
        public JWSVerificationKeySelector<SecurityContext> selector() {
            JWKSource<SecurityContext> source = JWKSourceBuilder.create(
                            keys, new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, MOST_BYTES))
                    .outageTolerant(Duration.ofHours(1).toMillis())
                    .build();
            return new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), source);
        }

        @Override
        public boolean areOf(String issuer, Iterable<String> audience) {
            for (String one : audience) {
                if (one.equals(this.audience)) {
                    return issuer.equals(this.issuer);
                }
            }
            return false;
        }
    }
}
