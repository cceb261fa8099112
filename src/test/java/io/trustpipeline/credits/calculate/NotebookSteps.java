package io.trustpipeline.credits.calculate;

import java.util.List;
import java.util.function.Predicate;

/**
 * The first notebook's calculation, step by step and in doubles as it had them: shares, the fraud of a mode, the cost of a
 * message that came through, what nothing blocked would have cost, what was to be expected.
 */
final class NotebookSteps {
    private static final List<String> MODES = List.of("basic", "standard", "max");
    private static final List<Double> EXPECTED = List.of(0.8, 0.9, 1.0);

    private NotebookSteps() {}

    static double amount(CalculationInput input, Choices choices) {
        List<FraudEvents> events = input.events().stream()
                .filter(event -> choices == Choices.OURS
                        || !List.of("310", "311", "312", "313", "302").contains(event.mobileCountryCode()))
                .toList();
        double all = count(events, event -> true);
        Predicate<FraudEvents> scanned = event -> event.enabled()
                && !List.of("pass_country_level_config_request", "risk_check_disabled")
                        .contains(event.reason());
        double share = count(events, scanned) / all;
        double fraud = input.fraudTotal().doubleValue() * share;
        double sum = 0;
        for (int i = 0; i < MODES.size(); i++) {
            String mode = MODES.get(i);
            double part = count(events, scanned.and(event -> mode.equalsIgnoreCase(event.protectionMode())))
                    / count(events, scanned);
            double credit = credit(part * fraud, input, mode, EXPECTED.get(i));
            sum += choices == Choices.OURS ? Math.max(0, credit) : credit;
        }
        return sum;
    }

    /** By unit cost, as long as a mode has messages; the notebook had no answer where everything was blocked. */
    private static double credit(double cost, CalculationInput input, String mode, double expected) {
        Blocking row = input.blocking().stream()
                .filter(each -> each.protectionMode().equals(mode))
                .findFirst()
                .orElseThrow();
        double blocked = row.blockRate() == null ? 1 : row.blockRate().doubleValue();
        if (blocked == 1) {
            return 0;
        }
        double messages = 1_000;
        double unitCost = cost / (messages * (1 - blocked));
        double implied = unitCost * messages;
        return implied * expected - (implied - cost);
    }

    private static double count(List<FraudEvents> events, Predicate<FraudEvents> which) {
        return events.stream().filter(which).mapToLong(FraudEvents::count).sum();
    }
}
