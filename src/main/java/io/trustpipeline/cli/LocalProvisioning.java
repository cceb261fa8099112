package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.transcripts.jobs.PupilScoring;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import java.util.Map;

/** The table and the queues of {@code cloudformation/transcripts.yaml}, made on servers of a laptop. */
record LocalProvisioning(String table, String scoreQueue, String aggregateQueue, long visibilitySeconds) {
    private static final String DEAD_LETTERS = "-dead";

    /** Under the names that the settings have. */
    static LocalProvisioning of(Settings settings) {
        return new LocalProvisioning(
                settings.transcripts().table().orElseThrow(),
                settings.transcripts().scoreQueue(),
                settings.transcripts().aggregateQueue(),
                settings.transcripts().visibility().toSeconds());
    }

    /** The queue that takes what another could not deliver. */
    static String deadLetters(String queue) {
        return queue + DEAD_LETTERS;
    }

    void make(DynamoDbClient tables, SqsClient messages) {
        tables.createTable(create -> create.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute("job_id", ScalarAttributeType.S),
                        attribute("class_id", ScalarAttributeType.S),
                        attribute("status", ScalarAttributeType.S),
                        attribute("created_at", ScalarAttributeType.N))
                .keySchema(key("job_id", KeyType.HASH))
                .globalSecondaryIndexes(index("class_id"), index("status")));
        queue(messages, scoreQueue);
        queue(messages, aggregateQueue);
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static GlobalSecondaryIndex index(String name) {
        return GlobalSecondaryIndex.builder()
                .indexName(name + "-created_at-index")
                .keySchema(key(name, KeyType.HASH), key("created_at", KeyType.RANGE))
                .projection(projection -> projection.projectionType(ProjectionType.ALL))
                .build();
    }

    private void queue(SqsClient messages, String name) {
        String dead = messages.createQueue(create -> create.queueName(deadLetters(name)))
                .queueUrl();
        String arn = messages.getQueueAttributes(get -> get.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        messages.createQueue(create -> create.queueName(name)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        Long.toString(visibilitySeconds),
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"" + PupilScoring.MOST_RECEIVES
                                + "\"}")));
    }
}
