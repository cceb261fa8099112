package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;

import java.util.List;

/** Writes the ledger object of a run whenever it is asked to, which the program does in its turn alone. */
public final class EarlyLedger {
    private EarlyLedger() {}

    public static void write(ObjectStore store, Workspace workspace, Planned planned, List<Receipt> receipts) {
        new Ledger(store, workspace).write(planned.run(), planned.plan(), receipts);
    }
}
