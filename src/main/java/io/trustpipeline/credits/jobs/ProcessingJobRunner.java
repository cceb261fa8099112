package io.trustpipeline.credits.jobs;

import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.sql.FraudQuery;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;
import software.amazon.awssdk.core.exception.SdkException;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Computes in a SageMaker processing job of the same image. The query goes as an object, because a job's environment takes
 * 256 characters a value; the job's name is the execution's, so that a job that was begun is found again.
 */
public final class ProcessingJobRunner implements CreditRunner {
    /** Of the cap: how much later than SageMaker itself we end a job. */
    private static final int GRACE_SHARE = 6;

    private final RunObjects objects;
    private final CreditLayout layout;
    private final ProcessingJobs jobs;
    private final JobLog log;
    private final ProcessingJobs.Kind kind;
    private final Duration poll;

    /** The last lines that a job wrote. */
    @FunctionalInterface
    public interface JobLog {
        List<String> tail(String jobName);
    }

    /** @param poll how often a job is looked at */
    public ProcessingJobRunner(
            RunObjects objects,
            CreditLayout layout,
            ProcessingJobs jobs,
            JobLog log,
            ProcessingJobs.Kind kind,
            Duration poll) {
        this.objects = objects;
        this.layout = layout;
        this.jobs = jobs;
        this.log = log;
        this.kind = kind;
        this.poll = poll;
    }

    @Override
    public CreditResult run(String executionId, FraudQuery query) {
        Optional<CreditResult> there = objects.read(layout.result(executionId), CreditResult.class);
        if (there.isPresent()) {
            return there.get();
        }
        objects.create(layout.query(executionId), query);
        String name = "credits-automation-" + executionId;
        try {
            // One that was begun by an attempt that was cut off is waited for.
            jobs.begin(name, kind, List.of("task", "credits", "--execution", executionId));
            KillPoint.pass("AFTER_CREDIT_JOB");
            return awaited(name, executionId);
        } catch (SdkException failed) {
            throw new PipelineException(
                    ExitCode.UNAVAILABLE, "processing job " + name + ": " + failed.getMessage(), failed);
        }
    }

    private CreditResult awaited(String name, String executionId) {
        long end = System.nanoTime()
                + kind.cap().plus(kind.cap().dividedBy(GRACE_SHARE)).toNanos();
        ProcessingJobs.Seen now = jobs.look(name);
        while (now.isUnderWay()) {
            if (System.nanoTime() > end) {
                jobs.stop(name);
                throw failed(name, now, "was stopped after " + kind.cap().toSeconds() + " s", executionId);
            }
            Attempts.waitFor(poll);
            now = jobs.look(name);
        }
        Optional<CreditResult> result = objects.read(layout.result(executionId), CreditResult.class);
        if (now.isCompleted() && result.isPresent()) {
            return result.get();
        }
        throw failed(
                name,
                now,
                now.isCompleted()
                        ? "completed without a result"
                        : now.status() + ", " + Objects.requireNonNullElse(now.reason(), "no reason given"),
                executionId);
    }

    private PipelineException failed(String name, ProcessingJobs.Seen now, String how, String executionId) {
        Optional<ExecutionFailure> left = objects.read(layout.failure(executionId), ExecutionFailure.class);
        return new PipelineException(
                left.map(ExecutionFailure::exitCode).orElse(ExitCode.UNAVAILABLE),
                "processing job " + now.arn() + ": "
                        + left.map(ExecutionFailure::message).orElse(how)
                        + left.map(known -> "")
                                .orElseGet(() -> "; its last lines: " + String.join(" / ", log.tail(name))));
    }
}
