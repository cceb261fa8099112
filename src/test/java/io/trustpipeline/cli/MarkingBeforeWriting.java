package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.score.Shards;
import io.trustpipeline.score.ShardsMarkedFirst;
import io.trustpipeline.store.ObjectStore;
import software.amazon.awssdk.services.s3.S3Client;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The program, but a shard is marked as done before it is written: what the crash matrix must find out. */
final class MarkingBeforeWriting {
    private MarkingBeforeWriting() {}

    public static void main(String[] arguments) {
        new WiredProgram(Clock.systemUTC(), MarkingBeforeWriting::broken).main(arguments);
    }

    private static Map<String, Object> broken(Settings settings, Map<String, Object> beans) {
        ObjectStore store =
                new ObjectStore((S3Client) beans.get("s3"), settings.storage().bucket(), TrustApplication.PREFIX);
        Workspace workspace = new Workspace(settings.run().home().resolve("work"));
        Map<String, Object> wired = new HashMap<>(beans);
        wired.put("shards", new ShardsMarkedFirst((Shards) beans.get("shards"), store, workspace));
        return wired;
    }
}
