package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections to servers: with time limits, so that a dead network ends a run instead of hanging it. */
final class JdbcConnections {
    private static final String CONNECT_SECONDS = "30";
    /** How much longer than a query the driver waits for the server's answer to it. */
    private static final int GRACE_SECONDS = 60;

    private JdbcConnections() {}

    static Connection open(WarehouseSettings settings) {
        String url = settings.url();
        Properties properties = new Properties();
        settings.credentials().ifPresent(credentials -> {
            properties.setProperty("user", credentials.user());
            properties.setProperty("password", credentials.password());
        });
        if (url.startsWith("jdbc:postgresql:") || url.startsWith("jdbc:redshift:")) {
            properties.setProperty("loginTimeout", CONNECT_SECONDS);
            properties.setProperty("connectTimeout", CONNECT_SECONDS);
            long answer = (long) settings.queryTimeoutSeconds() + GRACE_SECONDS;
            properties.setProperty("socketTimeout", Long.toString(Math.min(Integer.MAX_VALUE / 1000, answer)));
            properties.setProperty("tcpKeepAlive", "true");
        }
        requireDriver(url);
        try {
            return DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            throw SqlFailure.of(e, settings);
        }
    }

    private static void requireDriver(String url) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "warehouse " + JdbcUrl.display(url)
                            + ": no driver for such a URL; jdbc:redshift:, jdbc:postgresql: and"
                            + " jdbc:duckdb: are built in",
                    e);
        }
    }
}
