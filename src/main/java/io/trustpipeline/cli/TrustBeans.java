package io.trustpipeline.cli;

import io.trustpipeline.cloud.TrustTasks;
import io.trustpipeline.config.Settings;
import io.trustpipeline.export.Exporter;
import io.trustpipeline.export.SqlTemplate;
import io.trustpipeline.notify.Announcer;
import io.trustpipeline.ops.StageWatch;
import io.trustpipeline.report.Reporter;
import io.trustpipeline.run.Committer;
import io.trustpipeline.run.ObjectPut;
import io.trustpipeline.run.PlannedRuns;
import io.trustpipeline.run.Planner;
import io.trustpipeline.run.Prices;
import io.trustpipeline.run.Progress;
import io.trustpipeline.run.Receipts;
import io.trustpipeline.run.RecutParents;
import io.trustpipeline.run.Redrives;
import io.trustpipeline.run.RunClaims;
import io.trustpipeline.run.RunJournal;
import io.trustpipeline.run.RunLimits;
import io.trustpipeline.run.RunObjects;
import io.trustpipeline.run.ShardItems;
import io.trustpipeline.run.StageTimes;
import io.trustpipeline.run.StopSignal;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.score.BatchScoring;
import io.trustpipeline.score.Recuts;
import io.trustpipeline.score.Shards;
import io.trustpipeline.store.ObjectStore;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** What {@code routes/trust.camel.yaml} names. */
record TrustBeans(
        Settings settings,
        OpenStore store,
        Workspace workspace,
        Redrives redrives,
        LoadedModels models,
        Prices prices,
        StopSignal stop,
        RunLimits limits,
        SqlTemplate query,
        RunJournal journal,
        Announcer announcer,
        Progress progress,
        StageWatch stageWatch,
        Clock clock) {

    Map<String, Object> byName() {
        ObjectStore objects = store.objects();
        Installation installation = Installation.current();
        StageTimes times = new StageTimes(System::nanoTime, models::tokens, prices, stop);
        Committer committer = new Committer(objects, workspace, TrustApplication.PIPELINE, times, clock);
        Map<String, Object> beans = new HashMap<>();
        beans.put(
                "claims",
                new RunClaims(
                        new RunObjects(objects),
                        objects.bucket(),
                        TrustApplication.PREFIX,
                        clock,
                        settings.run().zone(),
                        new SecureRandom()));
        beans.put(
                "exporter",
                new Exporter(
                        objects,
                        workspace,
                        redrives,
                        () -> Warehouses.open(settings, installation),
                        query,
                        settings.warehouse().rowLimit(),
                        progress,
                        times));
        beans.put(
                "planner",
                new Planner(
                        objects,
                        workspace,
                        committer,
                        models::atHand,
                        times,
                        clock,
                        settings.run().zone()));
        Receipts receipts = new Receipts(objects, workspace);
        PlannedRuns plannedRuns = new PlannedRuns(objects, receipts, TrustApplication.PREFIX);
        Recuts recuts = new Recuts(
                new RecutParents(objects, workspace, TrustApplication.PREFIX), workspace, models::recommends);
        beans.put("shards", new Shards(objects, workspace, receipts, recuts, progress, times));
        beans.put("plannedRuns", plannedRuns);
        beans.put(
                "trustTasks",
                new TrustTasks(
                        plannedRuns,
                        new ShardItems(objects),
                        receipts,
                        journal,
                        settings.cloud().oneTaskRows()));
        beans.put("scoring", new BatchScoring(models::scorer, stop));
        beans.put("committer", committer);
        beans.put("times", times);
        beans.put("runLimits", limits);
        beans.put("reporter", new Reporter(objects, workspace));
        beans.put("announcer", announcer);
        beans.put("objectPut", new ObjectPut(objects));
        beans.put("s3", store.client());
        beans.put("stageWatch", stageWatch);
        beans.putAll(new Destination(settings).beans());
        return beans;
    }
}
