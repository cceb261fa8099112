package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.export.QueryValues;
import io.trustpipeline.export.Sample;
import io.trustpipeline.export.SqlTemplate;
import io.trustpipeline.run.Estimate;
import io.trustpipeline.run.Estimator;
import io.trustpipeline.run.Limits;
import io.trustpipeline.run.PastRuns;
import io.trustpipeline.run.Plan;
import io.trustpipeline.run.Prices;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunIndex;
import io.trustpipeline.run.RunLayout;
import io.trustpipeline.run.RunObjects;
import io.trustpipeline.run.RunRequest;
import io.trustpipeline.run.RunState;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.ObjectStore;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** What runs would take, by a bounded look at the warehouse and by what past runs took. */
record RunEstimates(
        Settings settings,
        ObjectStore store,
        String prefix,
        Workspace workspace,
        LoadedModels models,
        Prices prices,
        SqlTemplate query,
        Clock clock) {
    /** As many as say how long comments are; read from the warehouse in a moment. */
    private static final int SAMPLED_ROWS = 500;

    /** Keeps the estimate of a run that is within its limits, under the id that it gets. */
    RequestFields admitted(RequestFields fields) {
        Limits limits = fields.limits();
        if (!limits.any()) {
            return fields;
        }
        RunRequest request = request(fields);
        RunLayout layout = new RunLayout(store.bucket(), prefix, request);
        if (new RunIndex(store, prefix).find(request.runId()).isEmpty()) {
            Estimate estimate = estimate(request);
            limits.admit(estimate);
            new RunObjects(store).create(layout.estimateKey(), estimate);
        }
        return new RequestFields(
                fields.runDate(),
                request.runId(),
                fields.email(),
                fields.upId(),
                fields.redriveOf(),
                fields.recutOf(),
                limits);
    }

    /** What a run of these fields would be asked for. */
    RunRequest request(RequestFields fields) {
        return fields.withDefaults(clock, settings.run().zone(), new SecureRandom());
    }

    /** What a run would take, by a bounded look at the warehouse; nothing is written. */
    Estimate estimate(RunRequest request) {
        Sample sample = Warehouses.open(settings, Installation.current())
                .sample(
                        query,
                        new QueryValues(
                                request.runDate(),
                                request.upId(),
                                settings.warehouse().rowLimit()),
                        SAMPLED_ROWS);
        List<Plan.Theme> themes = models.atHand().themes();
        PastRuns past = new PastRuns(store, workspace, prefix);
        Run client = new Run(request, new RunLayout(store.bucket(), prefix, request), RunState.STARTED, 0);
        try {
            double tokensPerRow =
                    sample.looked() == 0 ? 0 : (double) models.countTokens(sample.texts()) / sample.looked();
            long alreadyScored = Math.min(sample.rows(), past.scored(client, themes));
            return new Estimator(prices)
                    .estimate(
                            new Estimator.Work(sample.rows(), alreadyScored, tokensPerRow),
                            past.of(themes, prices),
                            () -> models.measure(
                                    sample.texts(), settings.models().threads()));
        } finally {
            workspace.clear(client);
        }
    }
}
