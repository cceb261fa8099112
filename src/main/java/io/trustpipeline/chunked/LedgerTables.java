package io.trustpipeline.chunked;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The ledger's tables, in the schema {@code chunked_ledger} of the database that is updated. */
final class LedgerTables {
    private static final String TABLES = """
            SELECT pg_advisory_xact_lock(hashtext('chunked_ledger'));
            CREATE SCHEMA IF NOT EXISTS chunked_ledger;
            CREATE TABLE IF NOT EXISTS chunked_ledger.run (
                run_id text PRIMARY KEY,
                declaration text NOT NULL,
                declaration_digest text NOT NULL,
                run_date date NOT NULL,
                window_start date NOT NULL,
                window_end date NOT NULL,
                resolve boolean NOT NULL,
                email text,
                salt text NOT NULL,
                started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                snapshot jsonb,
                planned_at timestamptz,
                rows_planned bigint NOT NULL DEFAULT 0,
                rows_without_key bigint NOT NULL DEFAULT 0,
                finished_at timestamptz,
                result text,
                rows_resolved bigint NOT NULL DEFAULT 0,
                told text);
            CREATE TABLE IF NOT EXISTS chunked_ledger.chunk (
                run_id text NOT NULL REFERENCES chunked_ledger.run,
                chunk_id integer NOT NULL,
                status text NOT NULL CHECK (status IN ('pending', 'running', 'done', 'failed')),
                estimated_rows bigint NOT NULL,
                num_keys integer NOT NULL,
                oversize boolean NOT NULL,
                first_key text NOT NULL,
                last_key text NOT NULL,
                keys_mac text NOT NULL,
                attempts integer NOT NULL DEFAULT 0,
                owner text,
                lease_until timestamptz,
                started_at timestamptz,
                finished_at timestamptz,
                rows_marked bigint,
                rows_updated bigint,
                rows_unseen bigint,
                error text,
                PRIMARY KEY (run_id, chunk_id));
            CREATE TABLE IF NOT EXISTS chunked_ledger.chunk_key (
                run_id text NOT NULL,
                chunk_id integer NOT NULL,
                key text[] NOT NULL);
            CREATE INDEX IF NOT EXISTS chunk_key_chunk ON chunked_ledger.chunk_key (run_id, chunk_id);
            CREATE TABLE IF NOT EXISTS chunked_ledger.looked_at (
                run_id text NOT NULL,
                chunk_id integer NOT NULL,
                unseen text[] NOT NULL,
                PRIMARY KEY (run_id, chunk_id));
            CREATE OR REPLACE VIEW chunked_ledger.unseen AS
                SELECT looked_at.run_id, looked_at.chunk_id, unnest(looked_at.unseen) AS row_id
                FROM chunked_ledger.looked_at;
            """;

    private LedgerTables() {}

    /** Creates what is missing; commits. */
    static void create(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
        connection.commit();
    }
}
