package io.trustpipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.RequestReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a trust run is asked for: by flags, or by the JSON that Step Functions sends. */
final class TrustRequestOptions {
    @Option(names = "--run-date", paramLabel = "YYYY-MM-DD", description = "names the raw partition; today if left out")
    private @Nullable String runDate;

    @Option(names = "--run-id", paramLabel = "ID", description = "names the run; the same id resumes it")
    private @Nullable String runId;

    @Option(names = "--up-id", paramLabel = "N", description = "the client organisation; 7168 if left out")
    private @Nullable String upId;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "whom to tell")
    private @Nullable String email;

    @Mixin
    private InputOption input = new InputOption();

    /**
     * The request as it was given, checked, with all its problems at once.
     *
     * @throws io.trustpipeline.run.PipelineException REQUEST_REFUSED
     */
    RequestFields fields() throws JsonProcessingException {
        return new RequestReader("trust").read(request());
    }

    private String request() throws JsonProcessingException {
        ObjectNode flags = InputOption.flags();
        InputOption.put(flags, "run_date", runDate);
        InputOption.put(flags, "run_id", runId);
        InputOption.put(flags, "up_id", upId);
        InputOption.put(flags, "email", email);
        return input.request(flags);
    }
}
