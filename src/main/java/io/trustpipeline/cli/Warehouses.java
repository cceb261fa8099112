package io.trustpipeline.cli;

import io.trustpipeline.config.Secret;
import io.trustpipeline.config.Settings;
import io.trustpipeline.export.ServerlessLogin;
import io.trustpipeline.export.SourceTables;
import io.trustpipeline.export.UnloadOptions;
import io.trustpipeline.export.Warehouse;
import io.trustpipeline.export.WarehouseSettings;
import io.trustpipeline.export.WarehouseSettings.Credentials;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.table.DuckDb;

import java.nio.file.Path;
import java.util.Optional;

/** The warehouse that the settings name; without one, DuckDB with the demo's comments. */
final class Warehouses {
    private Warehouses() {}

    /** Opens a JDBC warehouse or a Redshift workgroup, or makes a warehouse out of files. */
    static Warehouse open(Settings settings, Installation installation) {
        DuckDb.Limits limits =
                DuckDb.Limits.standard(settings.run().home().resolve("work").resolve("warehouse-spill"));
        Optional<String> workgroup = settings.warehouse().workgroup();
        if (workgroup.isPresent() && settings.warehouse().url().isEmpty()) {
            return serverless(settings, workgroup.get(), limits);
        }
        String named =
                settings.warehouse().url().orElse(installation.demoComments().toString());
        if (named.startsWith("jdbc:")) {
            return jdbc(settings, named, credentials(settings), limits);
        }
        Path database = settings.run().home().resolve("warehouse.duckdb");
        SourceTables.load(Path.of(named), database, limits);
        return jdbc(settings, DuckDb.url(database), Optional.empty(), limits);
    }

    private static Warehouse serverless(Settings settings, String workgroup, DuckDb.Limits limits) {
        String database = settings.warehouse()
                .database()
                .orElseThrow(() -> new PipelineException(
                        ExitCode.CONFIGURATION,
                        "trust.warehouse.database: missing; the workgroup " + workgroup + " needs one, such as dev"));
        ServerlessLogin.Login login = new ServerlessLogin(settings.warehouse().region()).login(workgroup, database);
        return jdbc(settings, login.url(), Optional.of(login.credentials()), limits);
    }

    private static Optional<Credentials> credentials(Settings settings) {
        return settings.warehouse()
                .user()
                .map(user -> new Credentials(
                        user,
                        settings.warehouse().password().map(Secret::reveal).orElse("")));
    }

    private static Warehouse jdbc(
            Settings settings, String url, Optional<Credentials> credentials, DuckDb.Limits limits) {
        WarehouseSettings warehouse = new WarehouseSettings(
                url,
                credentials,
                settings.warehouse().statementTimeout(),
                settings.warehouse().fetchSize(),
                settings.warehouse().rowsPerFile(),
                UnloadOptions.parse(
                        settings.warehouse().unloadRole().orElse("default"),
                        settings.warehouse().unloadOptions().orElse("")),
                limits);
        return Warehouse.of(warehouse, Shutdown.SIGNAL);
    }
}
