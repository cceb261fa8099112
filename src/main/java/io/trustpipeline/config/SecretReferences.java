package io.trustpipeline.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

import java.net.URI;
import java.util.Map;

/**
 * Looks up what configuration refers to: {@code ssm:/name}, {@code secretsmanager:name#field}, {@code env:NAME}. AWS is
 * asked when a value is needed, and again each time, so that a rotated secret is seen. Thread-safe.
 */
public final class SecretReferences {
    /** Numbers keep the digits they were written with. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Map<String, String> environment;
    private final Region region;
    private final @Nullable URI endpoint;

    /** @param endpoint of both services; null for AWS */
    public SecretReferences(Map<String, String> environment, String region, @Nullable URI endpoint) {
        this.environment = Map.copyOf(environment);
        this.region = Region.of(region);
        this.endpoint = endpoint;
    }

    /**
     * Returns the value itself.
     *
     * @throws UnresolvedReference when there is no such value, or it may not be read
     * @throws PipelineException UNAVAILABLE when AWS does not answer
     */
    String resolve(Reference reference) throws UnresolvedReference {
        try {
            String value =
                    switch (reference.place()) {
                        case ENV -> variable(reference.name());
                        case SSM -> parameter(reference.name());
                        case SECRETSMANAGER -> secret(reference);
                    };
            if (value.isBlank()) {
                throw new UnresolvedReference("what it refers to is empty");
            }
            return value;
        } catch (AwsServiceException answered) {
            if (answered.statusCode() >= 500 || answered.isThrottlingException()) {
                throw unavailable(reference, answered);
            }
            throw new UnresolvedReference(answered.awsErrorDetails().errorCode() + ", "
                    + answered.awsErrorDetails().errorMessage());
        } catch (SdkException unanswered) {
            throw unavailable(reference, unanswered);
        }
    }

    private static PipelineException unavailable(Reference reference, SdkException cause) {
        return new PipelineException(
                ExitCode.UNAVAILABLE, "Could not look up " + reference.name() + ": " + cause.getMessage(), cause);
    }

    private String variable(String name) throws UnresolvedReference {
        String value = environment.get(name);
        if (value == null) {
            throw new UnresolvedReference("the environment has no " + name);
        }
        return value;
    }

    private String parameter(String name) {
        try (SsmClient client = aws(SsmClient.builder()).build()) {
            return client.getParameter(get -> get.name(name).withDecryption(true))
                    .parameter()
                    .value();
        }
    }

    private String secret(Reference secret) throws UnresolvedReference {
        @Nullable String value;
        try (SecretsManagerClient client = aws(SecretsManagerClient.builder()).build()) {
            value = client.getSecretValue(get -> get.secretId(secret.name())).secretString();
        }
        if (value == null) {
            throw new UnresolvedReference("the secret is binary, not text");
        }
        return secret.field().isEmpty() ? value : field(value, secret.field().get());
    }

    private static String field(String secret, String field) throws UnresolvedReference {
        try {
            JsonNode node = JSON.readTree(secret).path(field);
            if (!node.isValueNode() || node.isNull()) {
                throw new UnresolvedReference("the secret has no field " + field);
            }
            return node.isBigDecimal() ? node.decimalValue().toPlainString() : node.asText();
        } catch (JsonProcessingException notJson) {
            // Without the cause: its message quotes the secret.
            throw new UnresolvedReference("the secret is not JSON, so it has no field " + field);
        }
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B aws(B builder) {
        builder.region(region).httpClientBuilder(ApacheHttpClient.builder());
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder;
    }
}
