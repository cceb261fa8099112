package io.trustpipeline.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.Locale;
import java.util.Optional;

/** Which environment in which region of AWS. */
final class CloudOptions {
    enum EnvironmentName {
        DEV,
        STG,
        PROD
    }

    private static final String DEFAULT_REGION = "us-east-2";

    @Option(names = "--env", paramLabel = "dev|stg|prod", description = "the environment")
    private @Nullable EnvironmentName environment;

    @Option(names = "--region", paramLabel = "REGION", description = "AWS_REGION, or us-east-2, if left out")
    private @Nullable String region;

    Optional<String> environment() {
        return Optional.ofNullable(environment).map(name -> name.name().toLowerCase(Locale.ROOT));
    }

    String region() {
        return region != null ? region : System.getenv().getOrDefault("AWS_REGION", DEFAULT_REGION);
    }
}
