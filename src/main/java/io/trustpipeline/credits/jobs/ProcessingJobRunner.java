package io.trustpipeline.credits.jobs;

import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.sql.FraudQuery;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeProcessingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.ProcessingJobStatus;
import software.amazon.awssdk.services.sagemaker.model.ResourceInUseException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Computes in a SageMaker processing job of the same image. The query goes as an object, because a job's environment takes
 * 256 characters a value; the job's name is the execution's, so that a job that was begun is found again.
 */
public final class ProcessingJobRunner implements CreditRunner {
    private static final int VOLUME_GIGABYTES = 30;

    /** Of the cap: how much later than SageMaker itself we end a job. */
    private static final int GRACE_SHARE = 6;

    private final RunObjects objects;
    private final CreditLayout layout;
    private final SageMakerClient client;
    private final JobLog log;
    private final Job job;

    /**
     * How jobs are made.
     *
     * @param poll how often a job is looked at
     * @param cap when SageMaker ends it
     * @param environment settings of the job's program, 256 characters a value
     */
    public record Job(
            String image,
            String roleArn,
            String instanceType,
            Duration poll,
            Duration cap,
            Map<String, String> environment) {
        private static final int LONGEST_VALUE = 256;

        public Job {
            environment = Map.copyOf(environment);
            environment.forEach((name, value) -> {
                if (value.length() > LONGEST_VALUE) {
                    throw new PipelineException(
                            ExitCode.CONFIGURATION,
                            name + ": has " + value.length() + " characters, and a job takes " + LONGEST_VALUE);
                }
            });
        }
    }

    /** The last lines that a job wrote. */
    @FunctionalInterface
    public interface JobLog {
        List<String> tail(String jobName);
    }

    public ProcessingJobRunner(RunObjects objects, CreditLayout layout, SageMakerClient client, JobLog log, Job job) {
        this.objects = objects;
        this.layout = layout;
        this.client = client;
        this.log = log;
        this.job = job;
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
            create(name, executionId);
            KillPoint.pass("AFTER_CREDIT_JOB");
            return awaited(name, executionId);
        } catch (SdkException failed) {
            throw new PipelineException(
                    ExitCode.UNAVAILABLE, "processing job " + name + ": " + failed.getMessage(), failed);
        }
    }

    private void create(String name, String executionId) {
        try {
            client.createProcessingJob(create -> create.processingJobName(name)
                    .roleArn(job.roleArn())
                    .appSpecification(app ->
                            app.imageUri(job.image()).containerArguments("task", "credits", "--execution", executionId))
                    .environment(job.environment())
                    .processingResources(resources -> resources.clusterConfig(cluster -> cluster.instanceCount(1)
                            .instanceType(job.instanceType())
                            .volumeSizeInGB(VOLUME_GIGABYTES)))
                    .stoppingCondition(
                            stop -> stop.maxRuntimeInSeconds((int) job.cap().toSeconds())));
        } catch (ResourceInUseException begunEarlier) {
            // By an attempt that was cut off; it is waited for.
        }
    }

    private CreditResult awaited(String name, String executionId) {
        long end = System.nanoTime()
                + job.cap().plus(job.cap().dividedBy(GRACE_SHARE)).toNanos();
        DescribeProcessingJobResponse now = client.describeProcessingJob(describe -> describe.processingJobName(name));
        while (isUnderWay(now)) {
            if (System.nanoTime() > end) {
                client.stopProcessingJob(stop -> stop.processingJobName(name));
                throw failed(now, "was stopped after " + job.cap().toSeconds() + " s", executionId);
            }
            Attempts.waitFor(job.poll());
            now = client.describeProcessingJob(describe -> describe.processingJobName(name));
        }
        Optional<CreditResult> result = objects.read(layout.result(executionId), CreditResult.class);
        if (now.processingJobStatus() == ProcessingJobStatus.COMPLETED && result.isPresent()) {
            return result.get();
        }
        throw failed(
                now,
                now.processingJobStatus() == ProcessingJobStatus.COMPLETED
                        ? "completed without a result"
                        : now.processingJobStatusAsString() + ", "
                                + Objects.requireNonNullElse(now.failureReason(), "no reason given"),
                executionId);
    }

    private static boolean isUnderWay(DescribeProcessingJobResponse now) {
        return now.processingJobStatus() == ProcessingJobStatus.IN_PROGRESS
                || now.processingJobStatus() == ProcessingJobStatus.STOPPING;
    }

    private PipelineException failed(DescribeProcessingJobResponse now, String how, String executionId) {
        Optional<ExecutionFailure> left = objects.read(layout.failure(executionId), ExecutionFailure.class);
        return new PipelineException(
                left.map(ExecutionFailure::exitCode).orElse(ExitCode.UNAVAILABLE),
                "processing job " + now.processingJobArn() + ": "
                        + left.map(ExecutionFailure::message).orElse(how)
                        + left.map(known -> "")
                                .orElseGet(() ->
                                        "; its last lines: " + String.join(" / ", log.tail(now.processingJobName()))));
    }
}
