package io.trustpipeline.credits.jobs;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people read in Slack. */
final class Wording {
    /** Of an account, the last characters are enough to recognise it by. */
    private static final Pattern ACCOUNT = Pattern.compile("\\bAC[0-9a-fA-F]{28}([0-9a-fA-F]{4})\\b");

    /** What the warehouse quotes of a query. */
    private static final Pattern LITERAL = Pattern.compile("'[^'\\n]*'");

    static final String REMINDER =
            "This looks like a request for a credit, but I see no Looker link. Please add one, here or in the message.";

    private Wording() {}

    static String approved(CreditMessage message) {
        return "Approved, $" + Objects.requireNonNull(message.amount()).toPlainString() + ", exceptions";
    }

    static String failed(CreditMessage message) {
        String links = message.outcomes().stream()
                .map(outcome -> "\nlink " + outcome.link() + ": "
                        + switch (outcome.kind()) {
                            case COMPUTED ->
                                "$" + Objects.requireNonNull(outcome.amount()).toPlainString();
                            case OTHER_PRODUCT -> "another product";
                            case UNAVAILABLE, REFUSED -> Objects.requireNonNull(outcome.error());
                        })
                .collect(Collectors.joining());
        return masked("Credit request failed\nmessage " + message.ts() + "\n"
                + Objects.requireNonNullElse(message.error(), "") + links + "\nPlease review it by hand.");
    }

    static String held(CreditMessage message) {
        return masked("Credit request held for approval\nmessage " + message.ts() + "\namount $"
                + Objects.requireNonNull(message.amount()).toPlainString() + "\n"
                + String.join("\n", message.holds())
                + "\nTo let it be told: trust-pipeline credits approve " + message.ts() + " --by NAME");
    }

    static String masked(String text) {
        return LITERAL.matcher(ACCOUNT.matcher(text).replaceAll("AC…$1")).replaceAll("'…'");
    }
}
