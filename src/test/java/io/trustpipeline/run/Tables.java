package io.trustpipeline.run;

import io.trustpipeline.run.Finding.Contents;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.ParquetSink;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How simulated tasks read and write tables. */
interface Tables {
    Workspace workspace(Path folder);

    Ledger ledger(ObjectStore store, Workspace workspace);

    /** About how many requests a commit makes of so many shards. */
    int requestsOfCommit(int shards);

    /** As the program does. */
    static Tables real() {
        return new Tables() {
            @Override
            public Workspace workspace(Path folder) {
                return new Workspace(folder);
            }

            @Override
            public Ledger ledger(ObjectStore store, Workspace workspace) {
                return new Ledger(store, workspace);
            }

            /** Receipts, parts of the plan, and rejected rows of most of them. */
            @Override
            public int requestsOfCommit(int shards) {
                return 3 * shards + 20;
            }
        };
    }

    /**
     * A hundred times as fast: the footers of the objects that an attempt may write are known by their digests, and the
     * ledger's rows are put together from lists instead of by a query.
     */
    static Tables remembering(PreparedRun prepared) {
        Map<String, Footer> footers = new HashMap<>();
        Map<String, Finding> rejecting = new HashMap<>();
        for (Finding finding : prepared.findings()) {
            footers.put(finding.scored().object().sha256(), finding.scored().footer());
            Contents rejected = finding.rejected();
            if (rejected != null) {
                footers.put(rejected.object().sha256(), rejected.footer());
                rejecting.put(rejected.object().sha256(), finding);
            }
        }
        return new Tables() {
            @Override
            public Workspace workspace(Path folder) {
                return new Workspace(folder, (file, sha256) -> {
                    Footer known = footers.get(sha256);
                    return known == null ? Footer.read(file) : known;
                });
            }

            @Override
            public Ledger ledger(ObjectStore store, Workspace workspace) {
                return new Ledger(store, workspace, (run, plan, receipts, file) -> write(rows(receipts), file));
            }

            /** Receipts. */
            @Override
            public int requestsOfCommit(int shards) {
                return shards + 20;
            }

            /** All rows that were planned, less those that a receipt says were rejected. */
            private List<String> rows(List<Receipt> receipts) {
                List<String> keys = new ArrayList<>();
                for (Receipt receipt : receipts) {
                    if (receipt.rejected().isEmpty()) {
                        keys.addAll(prepared.keys(receipt.shard()));
                    }
                    receipt.rejected()
                            .forEach(object ->
                                    keys.addAll(rejecting.get(object.sha256()).keys()));
                }
                return keys;
            }
        };
    }

    private static void write(List<String> keys, Path file) {
        MessageType ledger =
                MessageTypeParser.parseMessageType("message ledger { required binary comment_unique_key (STRING); }");
        try (ParquetSink sink = ParquetSink.create(file, ledger)) {
            for (String key : keys) {
                Group row = new SimpleGroup(ledger);
                row.add("comment_unique_key", key);
                sink.write(row);
            }
            sink.finish();
        }
    }
}
