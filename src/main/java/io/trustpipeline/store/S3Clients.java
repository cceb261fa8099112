package io.trustpipeline.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

import java.net.URI;
import java.time.Duration;

/**
 * S3 clients with timeouts and standard retries (three attempts). They use Apache's HTTP client: the JDK's loses an
 * answer, such as 412, that comes while it is still sending the body. The caller closes them.
 */
public final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    /** Long enough for one part of an upload on a slow line. */
    private static final Duration ATTEMPT = Duration.ofMinutes(5);

    private S3Clients() {}

    /**
     * A client of AWS, or of anything that speaks S3. Credentials come from the SDK's default chain.
     *
     * @param endpoint null for AWS itself; otherwise buckets are addressed by path
     */
    public static S3Client of(String region, @Nullable URI endpoint) {
        return builder(region, endpoint).build();
    }

    /** A client of the laptop's S3. */
    public static S3Client of(EmbeddedS3 server) {
        AwsBasicCredentials credentials = AwsBasicCredentials.create(server.accessKey(), server.secretKey());
        return builder("us-east-1", server.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    private static S3ClientBuilder builder(String region, @Nullable URI endpoint) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(region))
                .forcePathStyle(endpoint != null)
                // Models may lie in another region than the data.
                .crossRegionAccessEnabled(endpoint == null)
                .httpClientBuilder(
                        ApacheHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
                .overrideConfiguration(
                        client -> client.retryStrategy(RetryMode.STANDARD).apiCallAttemptTimeout(ATTEMPT));
        return endpoint == null ? builder : builder.endpointOverride(endpoint);
    }
}
