package io.trustpipeline.cli;

import io.trustpipeline.ops.Measurement;
import io.trustpipeline.ops.Measurement.Unit;
import io.trustpipeline.ops.Measurements;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.trigger.TriggerInbox;
import io.trustpipeline.trigger.Verdict;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/** What a service says of the triggers that it has seen, and how it ends. */
public final class ServiceReport {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceReport.class);

    private final Console console;
    private volatile Measurements measurements = figures -> {};
    private volatile ExitCode exitCode = ExitCode.DONE;

    ServiceReport(Console console) {
        this.console = console;
    }

    void tell(Measurements listener) {
        measurements = listener;
    }

    /** A trigger was carried out, or could not be. */
    public void ended(TriggerInbox.Settled settled) {
        Verdict verdict = settled.verdict();
        String name = verdict.delivery().name();
        if (verdict instanceof Verdict.Failed failed) {
            String later = settled.moved() ? "" : "; it waits for its next try";
            console.line("trigger " + name + ": " + failed.exitCode() + ", " + failed.message() + later);
            if (failed.exitCode() == ExitCode.STOPPED) {
                exitCode = ExitCode.STOPPED;
            }
        } else {
            console.line("trigger " + name + ": done");
        }
        if (settled.moved()) {
            int dead = verdict instanceof Verdict.Failed ? 1 : 0;
            measurements.record(List.of(Measurement.of("DeadLetters", Unit.COUNT, dead)));
        }
    }

    /** A look at the triggers failed; the next one comes by itself. */
    public void failed(Exchange exchange) {
        Exception e = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        Failure failure = Failure.of(e);
        LOG.warn("looking for triggers failed, {}: {}", failure.exitCode(), failure.message());
    }

    /** DONE when nothing was under way; STOPPED when a run was, which the next service resumes. */
    ExitCode exitCode() {
        return exitCode;
    }
}
