package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.RequestReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

/** {@code run trust} as the program does it, with another clock or other beans: for the main methods of tests. */
@Command(name = "trust")
final class WiredProgram implements Callable<Integer> {
    @Option(names = "--run-date")
    private String runDate;

    @Option(names = "--run-id")
    private String runId;

    @Option(names = "--up-id")
    private String upId;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    private final Clock clock;
    private final BiFunction<Settings, Map<String, Object>, Map<String, Object>> wiring;

    WiredProgram(Clock clock, BiFunction<Settings, Map<String, Object>, Map<String, Object>> wiring) {
        this.clock = clock;
        this.wiring = wiring;
    }

    /** Carries out {@code run trust …} and ends the JVM as the program would. */
    void main(String[] arguments) {
        CommandLine line = new CommandLine(this);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            Failure failure = Failure.of(thrown);
            failure.print(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
            return failure.exitCode().status();
        });
        System.exit(line.execute(Arrays.copyOfRange(arguments, 2, arguments.length)));
    }

    @Override
    public Integer call() throws Exception {
        RequestFields fields = new RequestReader("trust")
                .read("{\"run_date\":\"%s\",\"run_id\":\"%s\",\"up_id\":%s}".formatted(runDate, runId, upId));
        Settings settings = place.settings(source.overrides());
        try (TrustApplication application =
                TrustApplication.start(settings, Console.standard(), clock, beans -> wiring.apply(settings, beans))) {
            application.run(fields);
        }
        return ExitCode.DONE.status();
    }
}
