package io.trustpipeline.features;

import io.trustpipeline.run.RunObjects;
import io.trustpipeline.store.ObjectEntry;
import io.trustpipeline.store.ObjectStore;

import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The days that any run has taken up, as the ledger knows them. */
public final class FeatureDays {
    private static final Pattern KEY =
            Pattern.compile(FeatureLayout.LEDGER + "dataset=(\\w+)/date=(\\d{4}-\\d\\d-\\d\\d)\\.json");

    private final ObjectStore store;
    private final RunObjects objects;

    public FeatureDays(ObjectStore store) {
        this.store = store;
        this.objects = new RunObjects(store);
    }

    /** By dataset, then by date; one object is read a day. */
    public List<FeatureDay> all() {
        try (Stream<ObjectEntry> entries = store.list(FeatureLayout.LEDGER)) {
            return entries.map(entry -> KEY.matcher(entry.key()))
                    .filter(Matcher::matches)
                    .map(this::day)
                    .toList();
        }
    }

    private FeatureDay day(Matcher key) {
        return new FeatureDay(
                key.group(1),
                LocalDate.parse(key.group(2)),
                objects.read(key.group(), LedgerEntry.class).orElseThrow());
    }
}
