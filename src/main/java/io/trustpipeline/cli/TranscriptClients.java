package io.trustpipeline.cli;

import io.trustpipeline.config.DatabaseSettings;
import io.trustpipeline.config.Secret;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.transcripts.publish.ClassDatabase;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

import java.net.URI;
import java.util.Set;

/** Connections to what assessments of transcripts need: the table of jobs, the queues, the database. */
final class TranscriptClients implements AutoCloseable {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final String table;
    private final DynamoDbClient dynamo;
    private final SqsClient queues;
    private final ClassDatabase database;

    TranscriptClients(Settings settings) {
        this.table = settings.transcripts()
                .table()
                .orElseThrow(() -> missing("trust.transcripts.table", "the DynamoDB table of jobs"));
        this.database = database(settings);
        Region region = Region.of(settings.storage().region());
        DynamoDbClientBuilder tables = DynamoDbClient.builder().region(region);
        settings.transcripts().tableEndpoint().ifPresent(endpoint -> local(tables, endpoint));
        this.dynamo = tables.build();
        SqsClientBuilder messages = SqsClient.builder().region(region);
        settings.transcripts().queueEndpoint().ifPresent(endpoint -> local(messages, endpoint));
        this.queues = messages.build();
    }

    /** A server on this computer asks for credentials, and takes any. */
    private static void local(AwsClientBuilder<?, ?> builder, URI endpoint) {
        builder.endpointOverride(endpoint);
        if (LOOPBACK.contains(String.valueOf(endpoint.getHost()))) {
            builder.credentialsProvider(LocalServers.credentials());
        }
    }

    static ClassDatabase database(Settings settings) {
        DatabaseSettings database = settings.database();
        String url =
                database.url().orElseThrow(() -> missing("trust.database.url", "jdbc:postgresql://host:5432/database"));
        return ClassDatabase.open(url, database.user(), database.password().map(Secret::reveal));
    }

    private static PipelineException missing(String setting, String right) {
        return new PipelineException(
                ExitCode.CONFIGURATION,
                setting + ": missing; right is " + right + "; `demo transcripts` needs none of them");
    }

    String table() {
        return table;
    }

    DynamoDbClient dynamo() {
        return dynamo;
    }

    SqsClient queues() {
        return queues;
    }

    ClassDatabase database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
        queues.close();
        dynamo.close();
    }
}
