package io.trustpipeline.cli;

import io.trustpipeline.credits.calculate.CalculationInput;
import io.trustpipeline.credits.calculate.Choices;
import io.trustpipeline.credits.calculate.CreditCalculation;
import io.trustpipeline.run.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code credits calculate}: figures in, an amount out; no Slack, no Looker, no warehouse. */
@Command(
        name = "calculate",
        description = "Calculates an amount from a file with fraud_total, events and blocking, and prints it as JSON.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CreditsCalculateCommand implements Callable<Integer> {
    @Option(names = "--in", required = true, paramLabel = "FILE", description = "the figures, as JSON")
    private Path in = Path.of("");

    @Option(names = "--original", description = "by the first notebook's choices; the difference is shown either way")
    private boolean original;

    @Override
    public Integer call() {
        CalculationInput input = CreditJson.read(in, CalculationInput.class);
        Console.standard()
                .line(CreditJson.write(CreditCalculation.of(input, original ? Choices.ORIGINAL : Choices.OURS)));
        return ExitCode.DONE.status();
    }
}
