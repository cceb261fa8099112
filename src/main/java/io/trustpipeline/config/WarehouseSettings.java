package io.trustpipeline.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Where comments come from.
 *
 * @param url a JDBC URL, or a file or folder of tables; empty for the embedded warehouse
 * @param sql the export query's text, when it does not come from a file
 * @param workgroup Redshift Serverless's
 * @param unloadRole the role that Redshift assumes to write to the bucket: an ARN, or {@code default}
 * @param unloadOptions appended to UNLOAD
 * @param fetchSize rows held in memory by a streamed query
 * @param rowLimit most comments a run
 * @param rowsPerFile most rows of a raw object that this program writes
 */
public record WarehouseSettings(
        Optional<String> url,
        Optional<String> user,
        Optional<Secret> password,
        Optional<String> sql,
        Optional<String> workgroup,
        Optional<String> database,
        String region,
        Optional<String> unloadRole,
        Optional<String> unloadOptions,
        Duration statementTimeout,
        int fetchSize,
        int rowLimit,
        int rowsPerFile) {}
