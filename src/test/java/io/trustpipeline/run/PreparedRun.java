package io.trustpipeline.run;

import io.trustpipeline.run.Finding.Contents;
import io.trustpipeline.store.MemoryS3;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.ParquetSink;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A run as {@code prepare} leaves it, and what scoring each of its shards may give: the files, made once. */
final class PreparedRun {
    static final String BUCKET = "bucket-1";
    static final int ROWS = 3;
    private static final int NONE = -1;

    private static final MessageType RAW_PLAN = MessageTypeParser.parseMessageType(
            "message plan { required int64 row;"
                    + " required binary comment_unique_key (STRING); required binary text_sha256 (STRING);"
                    + " required binary disposition (STRING); required binary themes (STRING); optional binary reason (STRING); }");
    private static final MessageType SPANS = MessageTypeParser.parseMessageType(
            "message spans { required binary comment_unique_key (STRING); required binary theme (STRING); }");
    private static final MessageType REJECTED = MessageTypeParser.parseMessageType(
            "message rejected { required int64 row; required binary comment_unique_key (STRING);"
                    + " required binary stage (STRING); required binary reason (STRING); }");

    private final MemoryS3 bucket = new MemoryS3();
    private final Path folder;
    private final Planned planned;
    private final List<List<Finding>> findings = new ArrayList<>();
    private final Map<String, Finding> byDigest = new HashMap<>();

    private PreparedRun(Path folder, int shards) throws IOException {
        this.folder = folder;
        ObjectStore store = new ObjectStore(bucket, BUCKET, "trust_scoring/");
        RunObjects objects = new RunObjects(store);
        RunRequest request = new RunRequest(LocalDate.of(2026, 1, 1), "r", "ana@example.org", 7168);
        RunLayout layout = new RunLayout(BUCKET, "trust_scoring/", request);
        List<StoredObject> raw = new ArrayList<>();
        List<Plan.Shard> planShards = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            raw.add(new StoredObject(
                    layout.rawPrefix() + "batch_%03d.parquet".formatted(shard), ROWS, 1, "0".repeat(64)));
            planShards.add(new Plan.Shard(shard, raw.get(shard), part(store, layout, shard)));
        }
        Plan.Theme theme = new Plan.Theme("Respect", "model", "rules");
        Plan plan =
                new Plan("test", LocalDate.of(2026, 1, 1), List.of(theme), planShards, List.of(), Map.of(), null, null);
        Export export = new Export("jdbc", raw, null);
        objects.create(RunLayout.requestKey("trust_scoring/", "r"), request);
        objects.create(layout.attempt(1), new Attempt(Instant.EPOCH, "test", 1, "test", null));
        objects.create(layout.exportKey(), export);
        objects.create(layout.planKey(), plan);
        this.planned = Planned.whole(new Run(request, layout, RunState.STARTED, 1), export, plan);
        for (int shard = 0; shard < shards; shard++) {
            List<Finding> possible = new ArrayList<>();
            possible.add(finding(shard, NONE));
            possible.add(finding(shard, 1));
            possible.add(finding(shard, 2));
            possible.forEach(finding -> byDigest.put(finding.scored().object().sha256(), finding));
            findings.add(possible);
        }
    }

    static PreparedRun of(Path folder, int shards) throws IOException {
        return new PreparedRun(folder, shards);
    }

    Planned planned() {
        return planned;
    }

    MemoryS3 bucket() {
        return bucket;
    }

    /** Far more often than any model, this one fails on a row, and not always on the same. */
    Finding attempt(int shard, int drawn) {
        return findings.get(shard).get(drawn >= 70 ? 2 : drawn >= 40 ? 1 : 0);
    }

    /** The finding that a scored object holds. */
    Finding of(StoredObject scored) {
        return byDigest.get(scored.sha256());
    }

    /** All that attempts may find. */
    List<Finding> findings() {
        return findings.stream().flatMap(List::stream).toList();
    }

    /** Of a shard's rows. */
    Set<String> keys(int shard) {
        return findings.get(shard).get(0).keys();
    }

    private StoredObject part(ObjectStore store, RunLayout layout, int shard) throws IOException {
        Path file = folder.resolve("plan-" + shard);
        try (ParquetSink sink = ParquetSink.create(file, RAW_PLAN)) {
            for (int row = 0; row < ROWS; row++) {
                Group group = new SimpleGroup(RAW_PLAN);
                group.add("row", (long) row);
                group.add("comment_unique_key", key(shard, row));
                group.add("text_sha256", "text-" + key(shard, row));
                group.add("disposition", "SCORE");
                group.add("themes", "0");
                sink.write(group);
            }
            sink.finish();
        }
        String sha256 = Workspace.sha256(file);
        String key = layout.planPart(shard, sha256);
        store.putIfAbsent(key, file);
        return new StoredObject(key, ROWS, Files.size(file), sha256);
    }

    /** @param failing the row on which a model fails, or {@link #NONE} */
    private Finding finding(int shard, int failing) throws IOException {
        RunLayout layout = planned.run().layout();
        int shards = planned.plan().shards().size();
        Contents rejected = failing == NONE ? null : rejected(shard, failing, layout, shards);
        Set<String> keys = new TreeSet<>();
        Path file = folder.resolve("scored-%d-%d".formatted(shard, failing));
        ShardTally tally;
        try (ParquetSink sink = ParquetSink.create(file, SPANS)) {
            for (int row = 0; row < ROWS; row++) {
                if (row != failing) {
                    keys.add(key(shard, row));
                    Group group = new SimpleGroup(SPANS);
                    group.add("comment_unique_key", key(shard, row));
                    group.add("theme", "Respect");
                    sink.write(group);
                }
            }
            RowCounts rows = new RowCounts(ROWS, keys.size(), 0, ROWS - keys.size(), 0);
            tally = new ShardTally(
                    rows,
                    new TreeMap<>(Map.of("Respect", (long) keys.size())),
                    rejected == null ? null : rejected.object().sha256());
            sink.finish(tally.metadata());
        }
        String key = layout.scoredPrefix() + RunLayout.part(shard, shards);
        return new Finding(shard, contents(file, sha256 -> key), rejected, tally, keys);
    }

    private Contents rejected(int shard, int failing, RunLayout layout, int shards) throws IOException {
        Path file = folder.resolve("rejected-%d-%d".formatted(shard, failing));
        try (ParquetSink sink = ParquetSink.create(file, REJECTED)) {
            Group group = new SimpleGroup(REJECTED);
            group.add("row", (long) failing);
            group.add("comment_unique_key", key(shard, failing));
            group.add("stage", "score");
            group.add("reason", "a model failed");
            sink.write(group);
            sink.finish();
        }
        return contents(file, sha256 -> layout.rejected(shard, shards, sha256));
    }

    private static Contents contents(Path file, UnaryOperator<String> keyOfDigest) throws IOException {
        String sha256 = Workspace.sha256(file);
        Footer footer = Footer.read(file);
        StoredObject object = new StoredObject(keyOfDigest.apply(sha256), footer.rows(), Files.size(file), sha256);
        return new Contents(object, Files.readAllBytes(file), footer);
    }

    private static String key(int shard, int row) {
        return "%05d-%d".formatted(shard, row);
    }
}
