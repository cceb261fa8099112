package io.trustpipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.features.Dataset;
import io.trustpipeline.features.FeatureItem;
import io.trustpipeline.features.FeatureTable;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code features get CUSTOMER}: what was known of a customer on a day. */
@Command(
        name = "get",
        description = "Prints what is known of a customer, as JSON: the newest day, or what was known on a day.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FeaturesGetCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();
    static final LocalDate END_OF_TIME = LocalDate.of(9999, 12, 31);

    @Parameters(paramLabel = "CUSTOMER", description = "a customer_id")
    private String customer = "";

    @Option(
            names = "--as-of",
            paramLabel = "YYYY-MM-DD",
            description = "the newest day that is not later; the newest of all if left out")
    private @Nullable LocalDate asOf;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            defaultValue = "full",
            description = "full, or a trial: small, medium, large, sample; ${DEFAULT-VALUE} if left out")
    private Dataset dataset = Dataset.FULL;

    @Mixin
    private FeatureTableOption table = new FeatureTableOption();

    @Override
    public Integer call() throws JsonProcessingException {
        LocalDate day = asOf == null ? END_OF_TIME : asOf;
        try (FeatureTable features = FeatureTables.openForReading(table.settings())) {
            FeatureItem item = features.latest(customer, dataset, day)
                    .orElseThrow(() -> new PipelineException(
                            ExitCode.DATA_REFUSED, unknown(customer, asOf == null ? null : asOf.toString())));
            Console.standard().line(json(item));
        }
        return ExitCode.DONE.status();
    }

    static String unknown(String customer, @Nullable String asOf) {
        return "customer_id: nothing is known of \"" + customer + "\"" + (asOf == null ? "" : " on " + asOf);
    }

    /** An item as people read it, on one line. */
    static String json(FeatureItem item) throws JsonProcessingException {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("customer_id", item.key().customerId());
        shown.put("date", item.key().date().toString());
        shown.putAll(item.values());
        shown.put("run_id", item.runId());
        return JSON.writeValueAsString(shown);
    }
}
