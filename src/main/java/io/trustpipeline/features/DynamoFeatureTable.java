package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A DynamoDB table with partition key {@code customer_id} and sort key {@code date}, both strings. Changes go in
 * transactions, because those alone have conditions; a transaction that was cancelled is repeated without the changes
 * whose condition did not hold.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
 */
public final class DynamoFeatureTable implements FeatureTable {
    /** Items without a generation were written by another program. */
    private static final String CONDITION = "attribute_not_exists(#generation) OR #generation < :generation";

    private static final Duration ATTEMPT = Duration.ofSeconds(20);
    private static final Map<String, String> NAMES = Map.of("#generation", DynamoItems.GENERATION);
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";
    private static final String NO_REASON = "None";
    private static final String INVALID = "ValidationError";

    private final DynamoDbClient client;
    private final String table;
    private final Patience patience;

    private DynamoFeatureTable(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
        this.patience = new Patience(table);
    }

    /**
     * Opens a table that must be there.
     *
     * @param client says where and with which credentials; what is repeated is decided here, not by the SDK
     */
    public static DynamoFeatureTable open(DynamoDbClientBuilder client, String table) {
        return new DynamoFeatureTable(
                client.httpClientBuilder(ApacheHttpClient.builder())
                        .overrideConfiguration(calls -> calls.retryStrategy(DefaultRetryStrategy.doNotRetry())
                                .apiCallAttemptTimeout(ATTEMPT))
                        .build(),
                table);
    }

    @Override
    public int apply(List<Change> changes) {
        List<Change> left = new ArrayList<>(Change.distinct(changes));
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            List<Change> wanted = List.copyOf(left);
            try {
                client.transactWriteItems(request ->
                        request.transactItems(wanted.stream().map(this::write).toList()));
                return wanted.size();
            } catch (TransactionCanceledException cancelled) {
                left = without(wanted, cancelled.cancellationReasons(), cancelled);
                if (left.size() == wanted.size()) {
                    patience.pause(attempt, cancelled);
                }
            } catch (SdkException failed) {
                patience.pause(attempt, failed);
            }
        }
        return 0;
    }

    /** The changes that are worth another attempt. */
    private List<Change> without(
            List<Change> changes, List<CancellationReason> reasons, TransactionCanceledException cancelled) {
        List<Change> left = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            String code = i < reasons.size() ? reasons.get(i).code() : NO_REASON;
            if (INVALID.equals(code)) {
                throw new PipelineException(
                        ExitCode.DATA_REFUSED,
                        table + ": DynamoDB refuses the item of customer "
                                + changes.get(i).key().customerId() + ": "
                                + reasons.get(i).message(),
                        cancelled);
            }
            if (!CONDITION_FAILED.equals(code)) {
                left.add(changes.get(i));
            }
        }
        return left;
    }

    private TransactWriteItem write(Change change) {
        Map<String, AttributeValue> values =
                Map.of(":generation", AttributeValue.fromN(Long.toString(change.generation())));
        TransactWriteItem.Builder write = TransactWriteItem.builder();
        if (change instanceof Change.Put wanted) {
            write.put(put -> put.tableName(table)
                    .item(DynamoItems.attributes(wanted.item()))
                    .conditionExpression(CONDITION)
                    .expressionAttributeNames(NAMES)
                    .expressionAttributeValues(values));
        } else {
            write.delete(delete -> delete.tableName(table)
                    .key(DynamoItems.key(change.key()))
                    .conditionExpression(CONDITION)
                    .expressionAttributeNames(NAMES)
                    .expressionAttributeValues(values));
        }
        return write.build();
    }

    @Override
    public Map<FeatureKey, FeatureItem> get(Collection<FeatureKey> keys) {
        Map<FeatureKey, FeatureItem> found = new HashMap<>();
        Map<String, KeysAndAttributes> wanted = keys.isEmpty()
                ? Map.of()
                : Map.of(
                        table,
                        KeysAndAttributes.builder()
                                .consistentRead(true)
                                .keys(keys.stream().map(DynamoItems::key).toList())
                                .build());
        for (int attempt = 1; !wanted.isEmpty(); attempt++) {
            Map<String, KeysAndAttributes> asked = wanted;
            BatchGetItemResponse answer = calling(() -> client.batchGetItem(request -> request.requestItems(asked)));
            answer.responses().getOrDefault(table, List.of()).forEach(attributes -> {
                FeatureItem item = DynamoItems.item(attributes);
                found.put(item.key(), item);
            });
            wanted = answer.unprocessedKeys();
            if (!wanted.isEmpty()) {
                patience.pause(attempt, null);
            }
        }
        return found;
    }

    @Override
    public Optional<FeatureItem> latest(String customerId, Dataset dataset, LocalDate asOf) {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression(DynamoItems.CUSTOMER + " = :customer AND #date BETWEEN :first AND :last")
                .expressionAttributeNames(Map.of("#date", DynamoItems.DATE))
                .expressionAttributeValues(Map.of(
                        ":customer",
                        AttributeValue.fromS(customerId),
                        ":first",
                        AttributeValue.fromS(FeatureKey.sort(dataset, "0000-01-01")),
                        ":last",
                        AttributeValue.fromS(FeatureKey.sort(dataset, asOf.toString()))))
                .scanIndexForward(false)
                .limit(1)
                .build();
        return calling(() -> client.query(query)).items().stream().findFirst().map(DynamoItems::item);
    }

    private <T> T calling(Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (SdkException failed) {
                patience.pause(attempt, failed);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
