package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.features.DynamoFeatureTable;
import io.trustpipeline.features.FeatureTable;
import io.trustpipeline.features.FileFeatureTable;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

import java.nio.file.Files;
import java.nio.file.Path;

/** The table that features are looked up in: DynamoDB, or on a laptop a file of the home folder. */
final class FeatureTables {
    private static final String FILE = "features/table.duckdb";

    private FeatureTables() {}

    static FeatureTable open(Settings settings) {
        return settings.features().table().isPresent()
                ? dynamo(settings, settings.features().table().get())
                : FileFeatureTable.open(settings.run().home().resolve(FILE));
    }

    /** @throws PipelineException DATA_REFUSED when the home has no table yet */
    static FeatureTable openForReading(Settings settings) {
        if (settings.features().table().isPresent()) {
            return dynamo(settings, settings.features().table().get());
        }
        Path file = settings.run().home().resolve(FILE);
        if (!Files.exists(file)) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, file + ": no features yet; `run features` or `demo features` makes them");
        }
        return FileFeatureTable.openReadOnly(file);
    }

    private static FeatureTable dynamo(Settings settings, String table) {
        DynamoDbClientBuilder builder =
                DynamoDbClient.builder().region(Region.of(settings.storage().region()));
        settings.features().endpoint().ifPresent(builder::endpointOverride);
        return DynamoFeatureTable.open(builder, table);
    }
}
