package io.trustpipeline.cli;

import io.trustpipeline.credits.jobs.CreditMessage;
import io.trustpipeline.run.ExitCode;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

import java.util.Objects;

/** What a poll says of each message, and how it ends. */
public final class CreditReport {
    private final Console console;
    private ExitCode exitCode = ExitCode.DONE;

    CreditReport(Console console) {
        this.console = console;
    }

    /** The next message, unless a stop was asked for. */
    public CreditMessage begin(CreditMessage message) {
        Shutdown.SIGNAL.check();
        return message;
    }

    /** A message got as far as it does in this poll. */
    public void ended(CreditMessage message) {
        String amount = message.amount() == null ? "" : ", $" + message.amount().toPlainString();
        String error = message.error() == null ? "" : ", " + message.error();
        console.line("message " + message.ts() + ": " + message.state() + amount + error);
    }

    /** A step could not be done; the message stays where it was, and the next poll goes on. */
    public void failed(Exchange exchange) {
        Failure failure = Failure.of(
                Objects.requireNonNull(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class)));
        console.line("a message stays where it is: " + failure.exitCode() + ", " + failure.message());
        if (exitCode == ExitCode.DONE || failure.exitCode() == ExitCode.STOPPED) {
            exitCode = failure.exitCode();
        }
    }

    /** DONE, or why something stays to be done, of what ended since the last call. */
    ExitCode takeExitCode() {
        ExitCode taken = exitCode;
        exitCode = ExitCode.DONE;
        return taken;
    }
}
