package io.trustpipeline.features;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Items as DynamoDB holds them: an attribute a feature, none for what is not known. */
final class DynamoItems {
    static final String CUSTOMER = "customer_id";
    static final String DATE = "date";
    static final String GENERATION = "generation";
    private static final String DATASET_SIZE = "dataset_size";
    private static final String RUN = "run_id";

    private DynamoItems() {}

    static Map<String, AttributeValue> key(FeatureKey key) {
        return Map.of(CUSTOMER, AttributeValue.fromS(key.customerId()), DATE, AttributeValue.fromS(key.sort()));
    }

    static Map<String, AttributeValue> attributes(FeatureItem item) {
        Map<String, AttributeValue> attributes = new HashMap<>(key(item.key()));
        item.values().forEach((name, value) -> attributes.put(name, AttributeValue.fromN(value.toString())));
        attributes.put(RUN, AttributeValue.fromS(item.runId()));
        attributes.put(GENERATION, AttributeValue.fromN(Long.toString(item.generation())));
        if (item.key().dataset() != Dataset.FULL) {
            attributes.put(
                    DATASET_SIZE, AttributeValue.fromS(item.key().dataset().size()));
        }
        return attributes;
    }

    /** Items that another program wrote have no run and the lowest generation. */
    static FeatureItem item(Map<String, AttributeValue> attributes) {
        Map<String, Number> values = new TreeMap<>();
        attributes.forEach((name, value) -> {
            if (value.n() != null && !name.equals(GENERATION)) {
                values.put(name, number(value.n()));
            }
        });
        return new FeatureItem(
                FeatureKey.of(text(attributes, CUSTOMER), text(attributes, DATE)),
                values,
                text(attributes, RUN),
                Long.parseLong(attributes
                        .getOrDefault(GENERATION, AttributeValue.fromN("0"))
                        .n()));
    }

    private static String text(Map<String, AttributeValue> attributes, String name) {
        return attributes.getOrDefault(name, AttributeValue.fromS("")).s();
    }

    /** DynamoDB drops the point of a whole number, so values are compared as numbers, not by their type. */
    private static Number number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException fraction) {
            return Double.valueOf(text);
        }
    }
}
