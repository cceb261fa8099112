package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All runs of a pipeline, as the store knows them. */
public final class RunIndex {
    private static final String REQUEST = "/request.json";

    private final RunObjects objects;
    private final String bucket;
    private final String prefix;

    public RunIndex(ObjectStore store, String prefix) {
        this.objects = new RunObjects(store);
        this.bucket = store.bucket();
        this.prefix = prefix;
    }

    /**
     * A run from outside.
     *
     * @param manifest empty while the run has not committed
     */
    public record Entry(RunRequest request, RunState state, int attempts, Optional<Manifest> manifest) {}

    /** Every run, the newest id last. */
    public List<Entry> runs() {
        List<Entry> runs = new ArrayList<>();
        for (String key : objects.keys(RunLayout.runsPrefix(prefix))) {
            if (key.endsWith(REQUEST)) {
                find(runId(key)).ifPresent(runs::add);
            }
        }
        runs.sort(Comparator.comparing(entry -> entry.request().runId()));
        return runs;
    }

    /** One run, if its id was ever claimed. */
    public Optional<Entry> find(String runId) {
        return objects.read(RunLayout.requestKey(prefix, runId), RunRequest.class)
                .map(request -> {
                    RunLayout layout = new RunLayout(bucket, prefix, request);
                    Optional<Manifest> manifest = objects.read(layout.manifestKey(), Manifest.class);
                    return new Entry(
                            request,
                            manifest.map(Manifest::state).orElse(RunState.STARTED),
                            objects.keys(layout.attemptsPrefix()).size(),
                            manifest);
                });
    }

    /**
     * One run that must exist.
     *
     * @throws PipelineException REQUEST_REFUSED naming the id
     */
    public Entry get(String runId) {
        return find(runId)
                .orElseThrow(() -> new PipelineException(
                        ExitCode.REQUEST_REFUSED,
                        "run_id: \"" + runId + "\" is no run of this store; `status` lists them"));
    }

    private String runId(String requestKey) {
        return requestKey.substring(RunLayout.runsPrefix(prefix).length(), requestKey.length() - REQUEST.length());
    }
}
