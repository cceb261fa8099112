package io.trustpipeline.cli;

import io.trustpipeline.store.S3Clients;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

import java.net.URI;
import java.util.Optional;

/**
 * Clients of the services that {@code deploy} and {@code doctor} ask, on one pool of connections. Credentials and
 * endpoints ({@code AWS_ENDPOINT_URL}) come from where the SDK usually finds them.
 */
final class CloudClients implements AutoCloseable {
    private final String region;
    private final SdkHttpClient http = ApacheHttpClient.create();
    private final S3Client s3;

    CloudClients(String region) {
        this.region = region;
        this.s3 = S3Clients.of(region, null);
    }

    String region() {
        return region;
    }

    /** Where all services are when it is not AWS itself: what the SDK goes by. */
    Optional<URI> endpoint() {
        return Optional.ofNullable(System.getProperty("aws.endpointUrl", System.getenv("AWS_ENDPOINT_URL")))
                .map(URI::create);
    }

    CloudFormationClient cloudFormation() {
        return in(CloudFormationClient.builder()).build();
    }

    IamClient iam() {
        return in(IamClient.builder()).region(Region.AWS_GLOBAL).build();
    }

    ServiceQuotasClient quotas() {
        return in(ServiceQuotasClient.builder()).build();
    }

    SnsClient sns() {
        return in(SnsClient.builder()).build();
    }

    StsClient sts() {
        return in(StsClient.builder()).build();
    }

    S3Client s3() {
        return s3;
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B in(B builder) {
        return builder.region(Region.of(region)).httpClient(http);
    }

    @Override
    public void close() {
        s3.close();
        http.close();
    }
}
