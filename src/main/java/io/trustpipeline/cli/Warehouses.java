package io.trustpipeline.cli;

import io.trustpipeline.config.Secret;
import io.trustpipeline.config.Settings;
import io.trustpipeline.export.SourceTables;
import io.trustpipeline.export.UnloadOptions;
import io.trustpipeline.export.Warehouse;
import io.trustpipeline.export.WarehouseSettings;
import io.trustpipeline.table.DuckDb;

import java.nio.file.Path;

/** The warehouse that the settings name; without one, DuckDB with the demo's comments. */
final class Warehouses {
    private Warehouses() {}

    /** Opens a JDBC warehouse, or makes one out of files. */
    static Warehouse open(Settings settings, Installation installation) {
        DuckDb.Limits limits =
                DuckDb.Limits.standard(settings.run().home().resolve("work").resolve("warehouse-spill"));
        String named =
                settings.warehouse().url().orElse(installation.demoComments().toString());
        if (named.startsWith("jdbc:")) {
            return Warehouse.of(jdbc(settings, named, limits));
        }
        Path database = settings.run().home().resolve("warehouse.duckdb");
        SourceTables.load(Path.of(named), database, limits);
        return Warehouse.of(jdbc(settings, DuckDb.url(database), limits));
    }

    private static WarehouseSettings jdbc(Settings settings, String url, DuckDb.Limits limits) {
        return new WarehouseSettings(
                url,
                settings.warehouse()
                        .user()
                        .map(user -> new WarehouseSettings.Credentials(
                                user,
                                settings.warehouse()
                                        .password()
                                        .map(Secret::reveal)
                                        .orElse(""))),
                settings.warehouse().statementTimeout(),
                settings.warehouse().fetchSize(),
                settings.warehouse().rowsPerFile(),
                UnloadOptions.parse(
                        settings.warehouse().unloadRole().orElse("default"),
                        settings.warehouse().unloadOptions().orElse("")),
                limits);
    }
}
