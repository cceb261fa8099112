package io.trustpipeline.transcripts.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import org.jspecify.annotations.Nullable;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tokens (JWT, signed). One says who somebody is ({@code sub}, {@code name}), the role ({@code role}, or one of
 * {@code cognito:groups}), the classes ({@code classes}, a list, or {@code custom:classes}, a text with commas between
 * them), and ends ({@code exp}) at most an hour after it was made ({@code iat}). Thread-safe.
 */
final class Tokens {
    private static final Duration LONGEST = Duration.ofMinutes(60);
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int LONGEST_NAME = 40;

    private final TokenKeys keys;
    private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();
    private final Clock clock;

    Tokens(TokenKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        signatures.setJWSKeySelector(keys.selector());
        // Claims are looked at below, by our clock.
        signatures.setJWTClaimsSetVerifier(null);
    }

    /** @throws Problem 401 for whatever is wrong with a token, without saying what; 503 when no keys are to be had */
    Caller caller(@Nullable String authorization, String address) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            throw new Problem(401, "no token; right is a header Authorization: Bearer …");
        }
        try {
            SignedJWT token =
                    SignedJWT.parse(authorization.substring("Bearer ".length()).strip());
            return caller(signatures.process(token, null), address);
        } catch (RateLimitReachedException unknownKey) {
            throw refused();
        } catch (KeySourceException unavailable) {
            throw new Problem(503, "the keys that tokens are checked with cannot be had; try again");
        } catch (ParseException | BadJOSEException | JOSEException e) {
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
        if (!current || subject == null || subject.isBlank() || !keys.areOf(issuer(claims), audience(claims))) {
            throw refused();
        }
        String name = claims.getStringClaim("name");
        String shown = name == null || name.isBlank() ? subject : name;
        return new Caller(
                subject,
                shown.length() > LONGEST_NAME ? shown.substring(0, LONGEST_NAME) : shown,
                role(claims),
                classes(claims),
                address);
    }

    private static String issuer(JWTClaimsSet claims) {
        return claims.getIssuer() == null ? "" : claims.getIssuer();
    }

    private static List<String> audience(JWTClaimsSet claims) throws ParseException {
        String client = claims.getStringClaim("client_id");
        return claims.getAudience().isEmpty() && client != null ? List.of(client) : claims.getAudience();
    }

    private static Set<String> classes(JWTClaimsSet claims) throws ParseException {
        List<String> listed = claims.getStringListClaim("classes");
        String joined = claims.getStringClaim("custom:classes");
        Set<String> classes = new HashSet<>(listed == null ? List.of() : listed);
        if (joined != null) {
            Arrays.stream(joined.split(",")).map(String::strip).forEach(classes::add);
        }
        return classes;
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
