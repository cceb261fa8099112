package io.trustpipeline.transcripts.jobs;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectStore;

import java.nio.file.Path;

/** The first step: an upload and what is asked for, put down where every later step finds them. */
public final class Intake {
    private final JobTable jobs;
    private final ObjectStore store;

    public Intake(JobTable jobs, ObjectStore store) {
        this.jobs = jobs;
        this.store = store;
    }

    /** Uploads a file under the request's key, unless it is there, and begins the job. */
    public Job accept(JobRequest request, Path file) {
        request.check();
        // Of a refused request nothing may stay behind: no deletion would find it.
        jobs.requireFree(request);
        store.putIfAbsent(request.inputKey(), file);
        KillPoint.pass("AFTER_UPLOAD");
        return accept(request);
    }

    /** Begins a job on an upload that is there. */
    public Job accept(JobRequest request) {
        request.check();
        if (!store.exists(request.inputKey())) {
            throw new PipelineException(ExitCode.REQUEST_REFUSED, "artifact_id: nothing is uploaded for it yet");
        }
        Job job = jobs.begin(request);
        KillPoint.pass("AFTER_JOB_BEGUN");
        return job;
    }
}
