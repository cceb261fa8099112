package io.trustpipeline.transcripts.api;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.trustpipeline.run.PipelineException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tokens against the published keys of an identity provider, a real web server. */
class TokensTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T10:00:00Z"), ZoneOffset.UTC);
    private static final String ISSUER = "https://provider.example/pool";

    private static RSAKey rsa;
    private static ECKey curve;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile JWKSet published = new JWKSet(rsa.toPublicJWK());
    private HttpServer provider;
    private Tokens tokens;

    @BeforeAll
    static void makeKeys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("first").generate();
        curve = new ECKeyGenerator(Curve.P_256).keyID("second").generate();
    }

    @BeforeEach
    void publish() throws IOException {
        provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        provider.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] body = published.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
        URI keys = URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/keys");
        tokens = new Tokens(TokenKeys.Published.of(keys, ISSUER, "classes"), CLOCK);
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    @Test
    void a_provider_s_token_says_who_somebody_is_and_its_keys_are_asked_for_once() throws Exception {
        String token = signed(new RSASSASigner(rsa), JWSAlgorithm.RS256, "first", claims());
        for (int reads = 0; reads < 3; reads++) {
            assertThat(caller(token))
                    .isEqualTo(new Caller("u-1", "Eva", Caller.Role.EDUCATOR, Set.of("7b", "8a"), "127.0.0.1"));
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_key_that_the_provider_has_changed_to_is_fetched() throws Exception {
        caller(signed(new RSASSASigner(rsa), JWSAlgorithm.RS256, "first", claims()));
        published = new JWKSet(List.of(rsa.toPublicJWK(), curve.toPublicJWK()));
        assertThat(caller(signed(new ECDSASigner(curve), JWSAlgorithm.ES256, "second", claims()))
                        .subject())
                .isEqualTo("u-1");
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_token_of_somebody_else_or_for_somebody_else_is_refused() throws Exception {
        RSAKey own = new RSAKeyGenerator(2048).keyID("first").generate();
        byte[] publicKey = rsa.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8);
        for (String wrong : List.of(
                signed(new RSASSASigner(own), JWSAlgorithm.RS256, "first", claims()),
                signed(new MACSigner(publicKey), JWSAlgorithm.HS256, "first", claims()),
                signed(
                        new RSASSASigner(rsa),
                        JWSAlgorithm.RS256,
                        "first",
                        new JWTClaimsSet.Builder(claims())
                                .issuer("https://other.example")
                                .build()),
                signed(
                        new RSASSASigner(rsa),
                        JWSAlgorithm.RS256,
                        "first",
                        new JWTClaimsSet.Builder(claims()).audience("mail").build()))) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> caller(wrong))
                    .satisfies(problem -> assertThat(problem.status()).isEqualTo(401));
        }
    }

    @Test
    void a_provider_that_does_not_answer_is_no_fault_of_the_token() throws Exception {
        provider.stop(0);
        String token = signed(new RSASSASigner(rsa), JWSAlgorithm.RS256, "first", claims());
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> caller(token))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(503));
    }

    @Test
    void a_shared_key_that_can_be_guessed_is_refused_and_is_never_shown() {
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> new TokenKeys.Shared("short"))
                .withMessage("trust.transcripts.token-key: shorter than 32 bytes");
        assertThat(new TokenKeys.Shared("x".repeat(32)).toString()).doesNotContain("x");
    }

    private Caller caller(String token) {
        return tokens.caller("Bearer " + token, "127.0.0.1");
    }

    /** As Cognito makes them. */
    private static JWTClaimsSet claims() {
        Instant now = CLOCK.instant();
        return new JWTClaimsSet.Builder()
                .subject("u-1")
                .issuer(ISSUER)
                .audience("classes")
                .claim("name", "Eva")
                .claim("cognito:groups", List.of("educator"))
                .claim("custom:classes", "7b, 8a")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3_600)))
                .build();
    }

    private static String signed(JWSSigner signer, JWSAlgorithm algorithm, String key, JWTClaimsSet claims)
            throws Exception {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims);
        token.sign(signer);
        return token.serialize();
    }
}
