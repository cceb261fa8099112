package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.ParquetRows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Says in receipt and ledger that a shard is done while its objects are local files, which the program never does. */
public final class EarlyMark {
    private EarlyMark() {}

    /** @param objects what the shard leaves, the scored rows last */
    public static void leave(
            ObjectStore store, Workspace workspace, Planned planned, Plan.Shard shard, List<LocalObject> objects)
            throws IOException {
        List<StoredObject> stored = new ArrayList<>();
        ShardTally tally = null;
        for (LocalObject object : objects) {
            try (ParquetRows rows = ParquetRows.open(object.file(), 1)) {
                String sha256 = Workspace.sha256(object.file());
                stored.add(new StoredObject(object.key(), rows.rowCount(), Files.size(object.file()), sha256));
                Path known = workspace.of(planned.run()).resolve(sha256 + ".parquet");
                Files.copy(object.file(), known, StandardCopyOption.REPLACE_EXISTING);
                if (object.key().contains("/scored/")) {
                    tally = ShardTally.of(object.key(), rows.metadata());
                }
            }
        }
        String rejected = tally.rejectedSha256();
        Receipt receipt = new Receipt(
                shard.number(),
                tally.rows(),
                tally.spans(),
                stored.get(stored.size() - 1),
                stored.stream()
                        .filter(object -> object.sha256().equals(rejected))
                        .toList(),
                null);
        new RunObjects(store).create(planned.run().layout().receipt(shard.number()), receipt);
        new Ledger(store, workspace).write(planned.run(), planned.plan(), List.of(receipt));
    }
}
