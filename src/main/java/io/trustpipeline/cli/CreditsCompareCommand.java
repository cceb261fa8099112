package io.trustpipeline.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trustpipeline.config.Settings;
import io.trustpipeline.credits.calculate.CalculationInput;
import io.trustpipeline.credits.calculate.Choices;
import io.trustpipeline.credits.calculate.Credit;
import io.trustpipeline.credits.calculate.CreditCalculation;
import io.trustpipeline.credits.sql.LookerSql;
import io.trustpipeline.credits.warehouse.EvidenceQueries;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code credits compare}: what past requests would get now. */
@Command(
        name = "compare",
        description =
                "Computes the amounts of past requests again, and ends with 65 when one differs by more than 1 %.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CreditsCompareCommand implements Callable<Integer> {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Option(
            names = "--in",
            required = true,
            paramLabel = "FILE",
            description =
                    "a JSON array of {name, amount, and figures as calculate takes them or sql as Looker shows it}")
    private Path in = Path.of("");

    @Option(names = "--original", description = "by the first notebook's choices")
    private boolean original;

    @Option(
            names = "--percent",
            paramLabel = "P",
            defaultValue = "1",
            description = "the largest difference; ${DEFAULT-VALUE} if left out")
    private BigDecimal percent = BigDecimal.ONE;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    /** A past request: its figures, or its SQL, and what it got. */
    private record Past(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "amount", required = true) BigDecimal amount,
            @JsonProperty("figures") @Nullable CalculationInput figures,
            @JsonProperty("sql") @Nullable String sql) {}

    @Override
    public Integer call() {
        Console console = Console.standard();
        Settings settings = place.settings();
        int different = 0;
        try (CreditClients clients = new CreditClients(settings, CreditsApplication.metrics(settings))) {
            for (Past past : CreditJson.read(in, Past[].class)) {
                Credit now = CreditCalculation.of(figures(past, clients), original ? Choices.ORIGINAL : Choices.OURS);
                BigDecimal difference = now.amount().subtract(past.amount());
                boolean same = difference
                                .abs()
                                .multiply(HUNDRED)
                                .compareTo(past.amount().abs().multiply(percent))
                        <= 0;
                different += same ? 0 : 1;
                console.line("%s: $%s before, $%s now, %s"
                        .formatted(
                                past.name(),
                                past.amount().toPlainString(),
                                now.amount().toPlainString(),
                                same ? "the same" : "differs by " + share(difference, past.amount())));
            }
        }
        if (different > 0) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, different + " amounts differ by more than " + percent + " %");
        }
        return ExitCode.DONE.status();
    }

    private static CalculationInput figures(Past past, CreditClients clients) {
        if (past.figures() != null) {
            return past.figures();
        }
        if (past.sql() != null && LookerSql.read(past.sql()) instanceof LookerSql.Verify verify) {
            EvidenceQueries queries = clients.queries();
            return queries.collect(verify.query()).input();
        }
        throw new PipelineException(
                ExitCode.DATA_REFUSED, past.name() + ": has neither figures nor the SQL of a request for Verify");
    }

    private static String share(BigDecimal difference, BigDecimal amount) {
        return amount.signum() == 0
                ? "$" + difference.toPlainString()
                : difference
                                .multiply(HUNDRED)
                                .divide(amount, new MathContext(3))
                                .toPlainString() + " %";
    }
}
