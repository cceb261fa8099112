package io.trustpipeline.export;

import io.trustpipeline.export.WarehouseSettings.Credentials;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.redshiftserverless.RedshiftServerlessClient;
import software.amazon.awssdk.services.redshiftserverless.RedshiftServerlessClientBuilder;
import software.amazon.awssdk.services.redshiftserverless.model.Endpoint;
import software.amazon.awssdk.services.redshiftserverless.model.GetCredentialsResponse;

import java.net.URI;

/**
 * Enters Redshift Serverless with the IAM identity that the program runs under: Redshift gives a password that holds for
 * some minutes, and no other is stored anywhere. The identity needs {@code redshift-serverless:GetWorkgroup} and
 * {@code redshift-serverless:GetCredentials} on the workgroup; in the database it is the user {@code IAMR:<role>}.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_GetCredentials.html">GetCredentials</a>
 */
public final class ServerlessLogin {
    /** Only connecting needs the password; what is connected stays. */
    private static final int PASSWORD_SECONDS = 900;

    private final Region region;
    private final @Nullable URI endpoint;
    private final String parameters;

    public ServerlessLogin(String region) {
        this(region, null, "");
    }

    /**
     * @param endpoint of the service; null for AWS
     * @param parameters added to the URL
     */
    ServerlessLogin(String region, @Nullable URI endpoint, String parameters) {
        this.region = Region.of(region);
        this.endpoint = endpoint;
        this.parameters = parameters;
    }

    /** A JDBC URL, and who enters with it. */
    public record Login(String url, Credentials credentials) {}

    /**
     * Asks where the workgroup is, and for a password.
     *
     * @throws PipelineException CONFIGURATION when there is no such workgroup, or it may not be entered; UNAVAILABLE when
     *     Redshift does not answer
     */
    public Login login(String workgroup, String database) {
        try (RedshiftServerlessClient client = client()) {
            Endpoint address = client.getWorkgroup(get -> get.workgroupName(workgroup))
                    .workgroup()
                    .endpoint();
            if (address == null || address.address() == null) {
                throw new PipelineException(
                        ExitCode.UNAVAILABLE, "Redshift workgroup " + workgroup + ": has no endpoint yet; try later");
            }
            GetCredentialsResponse password = client.getCredentials(
                    get -> get.workgroupName(workgroup).dbName(database).durationSeconds(PASSWORD_SECONDS));
            return new Login(
                    "jdbc:redshift://" + address.address() + ":" + address.port() + "/" + database + parameters,
                    new Credentials(password.dbUser(), password.dbPassword()));
        } catch (AwsServiceException answered) {
            boolean later = answered.statusCode() >= 500 || answered.isThrottlingException();
            throw failed(workgroup, later ? ExitCode.UNAVAILABLE : ExitCode.CONFIGURATION, answered);
        } catch (SdkException unanswered) {
            throw failed(workgroup, ExitCode.UNAVAILABLE, unanswered);
        }
    }

    private static PipelineException failed(String workgroup, ExitCode exitCode, SdkException failure) {
        String said = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
        return new PipelineException(exitCode, "Redshift workgroup " + workgroup + ": " + said, failure);
    }

    private RedshiftServerlessClient client() {
        RedshiftServerlessClientBuilder builder =
                RedshiftServerlessClient.builder().region(region).httpClientBuilder(ApacheHttpClient.builder());
        return (endpoint == null ? builder : builder.endpointOverride(endpoint)).build();
    }
}
