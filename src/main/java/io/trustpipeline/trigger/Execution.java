package io.trustpipeline.trigger;

import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestFields;
import org.slf4j.MDC;

/** How the request of a trigger is carried out: on a laptop in this process, in the cloud by the state machine. */
public sealed interface Execution {
    /** Carries the request out, and says how that ended; throws nothing that the request caused. */
    Verdict carryOut(Delivery delivery);

    /** Carries one request out. */
    @FunctionalInterface
    interface Work {
        /**
         * Returns what was done, in one line.
         *
         * @throws PipelineException when it could not be done
         */
        String carryOut(RequestFields request);
    }

    /** In this process, from its beginning to its end. */
    record RunHere(Work run) implements Execution {
        @Override
        public Verdict carryOut(Delivery delivery) {
            return verdict(delivery, run);
        }
    }

    /** As an execution of the state machine, which goes on by itself and tells people how it ended. */
    record StartExecution(Work start) implements Execution {
        @Override
        public Verdict carryOut(Delivery delivery) {
            return verdict(delivery, start);
        }
    }

    private static Verdict verdict(Delivery delivery, Work work) {
        try (MDC.MDCCloseable request = MDC.putCloseable("request_id", delivery.name())) {
            return new Verdict.Done(delivery, work.carryOut(delivery.request()));
        } catch (PipelineException e) {
            return new Verdict.Failed(delivery, e.exitCode(), String.valueOf(e.getMessage()));
        }
    }
}
