package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.credits.Attempts;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/**
 * Calls a service of AWS in the AWS JSON 1.1 protocol. It is for services of which a few calls are used, whose clients are
 * large: those of SageMaker and CloudWatch Logs have 18 MB, which every image would carry. Credentials, signatures, retries
 * and transport are the SDK's own.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1</a>
 */
public final class AwsJsonClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Service service;
    private final Region region;
    private final URI endpoint;
    private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final RetryStrategy retries = AwsRetryStrategy.standardRetryStrategy();
    private final SdkHttpClient http = ApacheHttpClient.create();

    /** What a service is called where. */
    public enum Service {
        SAGEMAKER("api.sagemaker", "sagemaker", "SageMaker"),
        LOGS("logs", "logs", "Logs_20140328");

        /** The first part of its address. */
        private final String host;

        /** In the scope of a signature. */
        private final String signingName;

        /** Before the operation, in {@code X-Amz-Target}. */
        private final String target;

        Service(String host, String signingName, String target) {
            this.host = host;
            this.signingName = signingName;
            this.target = target;
        }

        private URI endpoint(Region region) {
            return URI.create("https://" + host + "." + region.id() + "."
                    + PartitionMetadata.of(region).dnsSuffix());
        }
    }

    /** With the credentials that the SDK finds. @param endpoint another than AWS's */
    public AwsJsonClient(Service service, Region region, Optional<URI> endpoint) {
        this(service, region, endpoint, DefaultCredentialsProvider.builder().build());
    }

    AwsJsonClient(
            Service service,
            Region region,
            Optional<URI> endpoint,
            IdentityProvider<? extends AwsCredentialsIdentity> credentials) {
        this.service = service;
        this.region = region;
        this.endpoint = endpoint.orElseGet(() -> service.endpoint(region));
        this.credentials = credentials;
    }

    /**
     * Calls, and calls again as the SDK's clients do.
     *
     * @param request written as JSON
     * @throws AwsServiceException the service's refusal, with its error code
     * @throws SdkClientException when it cannot be reached
     */
    public JsonNode call(String operation, Object request) {
        byte[] body = bytes(request);
        RetryToken token = retries.acquireInitialToken(AcquireInitialTokenRequest.create(service.target))
                .token();
        while (true) {
            try {
                JsonNode answer = attempt(operation, body);
                retries.recordSuccess(RecordSuccessRequest.create(token));
                return answer;
            } catch (SdkException failed) {
                RefreshRetryTokenResponse again = again(token, failed);
                Attempts.waitFor(again.delay());
                token = again.token();
            }
        }
    }

    private RefreshRetryTokenResponse again(RetryToken token, SdkException failed) {
        try {
            return retries.refreshRetryToken(RefreshRetryTokenRequest.builder()
                    .token(token)
                    .failure(failed)
                    .build());
        } catch (TokenAcquisitionFailedException notAgain) {
            throw failed;
        }
    }

    private JsonNode attempt(String operation, byte[] body) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("Content-Length", Integer.toString(body.length))
                .putHeader("X-Amz-Target", service.target + "." + operation)
                .build();
        SignedRequest signed =
                signer.sign(sign -> sign.identity(credentials.resolveIdentity().join())
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service.signingName)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        try {
            HttpExecuteResponse response = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(signed.payload().orElse(null))
                            .build())
                    .call();
            JsonNode answer = json(response);
            if (response.httpResponse().isSuccessful()) {
                return answer;
            }
            throw refusal(response.httpResponse(), answer);
        } catch (IOException e) {
            throw SdkClientException.create(endpoint + ": " + e.getMessage(), e);
        }
    }

    /** An answer that is no JSON, such as a proxy's page, says nothing that is asked for. */
    private static JsonNode json(HttpExecuteResponse response) throws IOException {
        if (response.responseBody().isEmpty()) {
            return JSON.createObjectNode();
        }
        try (InputStream in = response.responseBody().get()) {
            return JSON.readTree(in);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private AwsServiceException refusal(SdkHttpResponse response, JsonNode answer) {
        String type = answer.path("__type").asText(Integer.toString(response.statusCode()));
        String message = answer.path("message").asText(answer.path("Message").asText());
        return AwsServiceException.builder()
                .statusCode(response.statusCode())
                .requestId(response.firstMatchingHeader("x-amzn-RequestId").orElse(null))
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName(service.signingName)
                        .errorCode(type.substring(type.indexOf('#') + 1))
                        .errorMessage(message)
                        .sdkHttpResponse(response)
                        .build())
                .build();
    }

    private static byte[] bytes(Object request) {
        try {
            return JSON.writeValueAsBytes(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
