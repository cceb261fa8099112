package io.trustpipeline.transcripts.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Tokens (JWT, HS256). One says who somebody is ({@code sub}, {@code name}), the role ({@code role}, or one of
 * {@code cognito:groups}), the classes ({@code classes}), and ends ({@code exp}) at most an hour after it was made
 * ({@code iat}). Thread-safe.
 */
final class Tokens {
    private static final Duration LONGEST = Duration.ofMinutes(60);
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int SHORTEST_KEY = 32;
    private static final int LONGEST_NAME = 40;

    private final JWSVerifier verifier;
    private final Clock clock;

    /** @throws PipelineException CONFIGURATION when the key is too short to be one */
    Tokens(String key, Clock clock) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST_KEY) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION, "trust.transcripts.token-key: shorter than " + SHORTEST_KEY + " bytes");
        }
        try {
            this.verifier = new MACVerifier(bytes);
        } catch (JOSEException e) {
            throw new PipelineException(ExitCode.CONFIGURATION, "trust.transcripts.token-key: no key", e);
        }
        this.clock = clock;
    }

    /** @throws Problem 401 for whatever is wrong with a token, without saying what */
    Caller caller(@Nullable String authorization, String address) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            throw new Problem(401, "no token; right is a header Authorization: Bearer …");
        }
        try {
            SignedJWT token =
                    SignedJWT.parse(authorization.substring("Bearer ".length()).strip());
            if (!token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) || !token.verify(verifier)) {
                throw refused();
            }
            return caller(token.getJWTClaimsSet(), address);
        } catch (ParseException | JOSEException e) {
            throw refused();
        }
    }

    private Caller caller(JWTClaimsSet claims, String address) throws ParseException {
        Instant now = clock.instant();
        Date made = claims.getIssueTime();
        Date ends = claims.getExpirationTime();
        boolean current = made != null
                && ends != null
                && made.toInstant().isBefore(now.plus(SKEW))
                && ends.toInstant().isAfter(now)
                && !ends.toInstant().isAfter(made.toInstant().plus(LONGEST));
        String subject = claims.getSubject();
        if (!current || subject == null || subject.isBlank()) {
            throw refused();
        }
        String name = claims.getStringClaim("name");
        String shown = name == null || name.isBlank() ? subject : name;
        List<String> classes = claims.getStringListClaim("classes");
        return new Caller(
                subject,
                shown.length() > LONGEST_NAME ? shown.substring(0, LONGEST_NAME) : shown,
                role(claims),
                classes == null ? new HashSet<>() : new HashSet<>(classes),
                address);
    }

    private static Caller.Role role(JWTClaimsSet claims) throws ParseException {
        List<String> named = new ArrayList<>();
        if (claims.getClaim("role") != null) {
            named.add(claims.getStringClaim("role"));
        }
        if (claims.getStringListClaim("cognito:groups") != null) {
            named.addAll(claims.getStringListClaim("cognito:groups"));
        }
        for (Caller.Role role : List.of(Caller.Role.ADMIN, Caller.Role.EDUCATOR, Caller.Role.READ_ONLY)) {
            if (named.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(role.code()))) {
                return role;
            }
        }
        throw refused();
    }

    private static Problem refused() {
        return new Problem(401, "the token is not valid or has expired");
    }
}
