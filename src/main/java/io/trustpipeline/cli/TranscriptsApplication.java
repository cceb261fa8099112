package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.ops.Logs;
import io.trustpipeline.ops.ManagementServer;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.transcripts.jobs.Aggregation;
import io.trustpipeline.transcripts.jobs.Intake;
import io.trustpipeline.transcripts.jobs.Job;
import io.trustpipeline.transcripts.jobs.JobKeys;
import io.trustpipeline.transcripts.jobs.JobObjects;
import io.trustpipeline.transcripts.jobs.JobRequest;
import io.trustpipeline.transcripts.jobs.JobState;
import io.trustpipeline.transcripts.jobs.JobTable;
import io.trustpipeline.transcripts.jobs.Normalisation;
import io.trustpipeline.transcripts.jobs.Publication;
import io.trustpipeline.transcripts.jobs.PupilDeletion;
import io.trustpipeline.transcripts.jobs.PupilScoring;
import io.trustpipeline.transcripts.publish.Audit;
import io.trustpipeline.transcripts.publish.ClassReading;
import io.trustpipeline.transcripts.publish.Deletions;
import io.trustpipeline.transcripts.publish.Publisher;
import io.trustpipeline.transcripts.score.Assessor;
import io.trustpipeline.transcripts.score.SkillScorer;
import org.apache.camel.Exchange;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The transcripts pipeline, wired: its beans, its routes, store, table, queues and database. */
final class TranscriptsApplication implements AutoCloseable {
    static final String PIPELINE = "transcripts";

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration RETRY_PARTIAL = Duration.ofMinutes(1);

    private final OpenStore store;
    private final TranscriptClients clients;
    private final SkillScorer scorer;
    private final JobTable jobs;
    private final JobObjects objects;
    private final Intake intake;
    private final Publication publication;
    private final Path scratch;
    private final CamelRuntime camel;

    /** @param worker whether this process works on messages */
    private TranscriptsApplication(
            Settings settings, OpenStore store, TranscriptClients clients, SkillScorer scorer, boolean worker)
            throws Exception {
        this.store = store;
        this.clients = clients;
        this.scorer = scorer;
        this.scratch = settings.run()
                .home()
                .resolve("work/transcripts-" + ProcessHandle.current().pid());
        ObjectStore bucket = store.objects();
        clients.database().createTables();
        this.jobs = new JobTable(clients.dynamo(), clients.table(), Clock.systemUTC());
        this.objects = new JobObjects(bucket, scratch);
        this.intake = new Intake(jobs, bucket);
        this.publication = new Publication(jobs, objects, new Publisher(clients.database()));
        Aggregation aggregation = new Aggregation(jobs, objects);
        PupilScoring scoring = new PupilScoring(jobs, objects, new Assessor(scorer));
        // The stages that all pipelines share ask for them.
        Destination destination = new Destination(settings);
        Map<String, Object> beans = new HashMap<>(destination.beans());
        beans.put("normalisation", new Normalisation(jobs, objects));
        beans.put("transcriptMessages", new TranscriptMessages(scoring, aggregation));
        beans.put("publication", publication);
        beans.put("sqs", clients.queues());
        Map<String, String> properties = properties(settings, worker);
        properties.putAll(destination.properties());
        this.camel = CamelRuntime.start(PIPELINE, beans, properties, settings.management());
    }

    private static Map<String, String> properties(Settings settings, boolean worker) {
        // Camel measures each route: how often, how long, how many failed.
        Map<String, String> properties = new HashMap<>(ManagementServer.metrics());
        properties.putAll(Map.of(
                "transcripts.score", settings.transcripts().scoreQueue(),
                "transcripts.aggregate", settings.transcripts().aggregateQueue(),
                "transcripts.worker", Boolean.toString(worker),
                "transcripts.workers", Integer.toString(settings.models().threads()),
                "transcripts.visibility",
                        Long.toString(settings.transcripts().visibility().toSeconds()),
                "transcripts.wait", "1",
                "transcripts.retry", Long.toString(RETRY_PARTIAL.toMillis())));
        return properties;
    }

    static TranscriptsApplication start(Settings settings, boolean worker) throws Exception {
        return start(settings, SkillScorers.of(settings.transcripts()), worker);
    }

    /** With a scorer of the caller's. */
    static TranscriptsApplication start(Settings settings, SkillScorer scorer, boolean worker) throws Exception {
        Logs.open(settings.run().home().resolve("logs/trust-pipeline.jsonl"));
        OpenStore store = OpenStore.forWriting(settings, JobKeys.PREFIX);
        try {
            TranscriptClients clients = new TranscriptClients(settings);
            try {
                return new TranscriptsApplication(settings, store, clients, scorer, worker);
            } catch (Exception e) {
                clients.close();
                throw e;
            }
        } catch (Exception e) {
            store.close();
            throw e;
        }
    }

    /** Uploads a file, begins its job, and asks for its scores; workers do the rest. */
    Job submit(JobRequest request, Path file) {
        return submit(intake.accept(request, file));
    }

    /** Asks for the scores of a job that was begun; publishes one that is only not published. */
    Job submit(Job job) {
        if (job.state() == JobState.PARTIAL) {
            publication.publish(job.jobId());
            return jobs.require(job.jobId());
        }
        Exchange exchange = camel.request("direct:" + PIPELINE, job.jobId());
        if (exchange.getException() != null) {
            throw Failure.asPipelineException(exchange.getException());
        }
        return jobs.require(job.jobId());
    }

    /**
     * Waits until a job rests.
     *
     * @throws PipelineException UNAVAILABLE when it does not in time, STOPPED when somebody asks for a stop
     */
    Job await(String jobId, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < end) {
            Job job = jobs.require(jobId);
            if (job.state().isEnd()) {
                return job;
            }
            Shutdown.SIGNAL.await(LOOK_AGAIN);
            Shutdown.SIGNAL.check();
        }
        throw new PipelineException(
                ExitCode.UNAVAILABLE, jobId + ": is still under way; the same request goes on where it stopped");
    }

    String modelVersion() {
        return scorer.modelVersion();
    }

    String analysisMode() {
        return scorer.analysisMode();
    }

    JobTable jobs() {
        return jobs;
    }

    JobObjects objects() {
        return objects;
    }

    Intake intake() {
        return intake;
    }

    Publication publication() {
        return publication;
    }

    ClassReading reading() {
        return new ClassReading(clients.database());
    }

    Audit audit() {
        return new Audit(clients.database());
    }

    PupilDeletion deletion() {
        return new PupilDeletion(jobs, objects, new Deletions(clients.database()));
    }

    ObjectStore bucket() {
        return store.objects();
    }

    @Override
    public void close() {
        camel.close();
        scorer.close();
        clients.close();
        store.close();
        new Workspace(scratch).clear();
    }
}
