package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.TableConverter;
import io.trustpipeline.table.TableException;
import io.trustpipeline.table.TableFormat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.trustpipeline.export.SourceFile.DATE;
import static io.trustpipeline.export.SourceFile.KEY;
import static io.trustpipeline.export.SourceFile.TEXT;
import static io.trustpipeline.export.SourceFile.UP_ID;

/**
 * Makes a DuckDB database out of files of comments, so that the query written for the warehouse runs on them: the tables
 * {@code legacy.all_cleaned_comments(comment_unique_key, cleaned_comment)} and
 * {@code legacy.all_comments_fact(comment_unique_key, posted_date, up_id)}.
 *
 * <p>Both come from the same rows, and the query joins them by key. A key that stands in the files twice would so be
 * exported four times, with texts and dates crossed. Therefore the second and every further row of a key gets a mark at
 * the key's end (U+001F and its number) in the database, and the export takes the mark off again: every row comes out
 * once, as it went in. Where no key stands twice, nothing is marked.
 */
public final class SourceTables {
    /** The macro that takes marks off; it is there only when there are marks. */
    static final String PLAIN_KEY = "legacy.plain_key";

    private static final String MARK = "chr(31)";

    /** Bytes of the three blocks that a DuckDB file begins with, written when it is created. */
    private static final long HEADERS = 3 * 4096;

    private SourceTables() {}

    /**
     * Loads a file, or all files of a folder (Parquet or CSV, by name), into a database. A database that holds exactly
     * these files already is left as it is; a kill on the way leaves the old or the new content.
     *
     * @param database the DuckDB file, created if need be; its name must not be {@code legacy}, like the schema's
     * @throws PipelineException CONFIGURATION when there is no such file, DATA_REFUSED when columns are missing or of
     *     another type, or a row has no key, a bad date or a bad up_id, UNAVAILABLE when the database is in use or the
     *     disk is full
     */
    public static void load(Path source, Path database, DuckDb.Limits limits) {
        if (String.valueOf(database.getFileName()).startsWith("legacy.")) {
            throw new IllegalArgumentException(database + ": DuckDB cannot tell this database from its schema legacy");
        }
        List<Path> files = files(source);
        String signature = signature(files);
        try {
            removeUnfinished(database);
            if (isLoaded(database, signature, limits)) {
                return;
            }
            Files.createDirectories(database.toAbsolutePath().getParent());
            Path folder = database.resolveSibling(database.getFileName() + ".loading");
            try (DuckDb duckDb = DuckDb.open(database, limits)) {
                // What a killed run left: the open database keeps other processes out.
                delete(folder);
                Files.createDirectory(folder);
                load(duckDb, files, folder, new TableConverter(limits), signature);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new PipelineException(ExitCode.UNAVAILABLE, database + ": its folder cannot be written to", e);
        } catch (TableException e) {
            throw TableFailure.of(e);
        } catch (SQLException e) {
            throw SqlFailure.of(e, WarehouseSettings.standard(DuckDb.url(database), Optional.empty(), limits));
        }
    }

    /** What a process left that had no room on the disk, or was killed, while it created the database. */
    private static void removeUnfinished(Path database) throws IOException {
        if (Files.exists(database) && Files.size(database) < HEADERS) {
            Files.delete(database);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Whether a database's keys may carry marks. */
    static boolean marksKeys(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet macro =
                        statement.executeQuery("SELECT 1 FROM duckdb_functions() WHERE function_type = 'macro'"
                                + " AND schema_name || '.' || function_name = " + DuckDb.literal(PLAIN_KEY))) {
            return macro.next();
        }
    }

    private static List<Path> files(Path source) {
        if (!Files.exists(source)) {
            throw new PipelineException(ExitCode.CONFIGURATION, "warehouse " + source + ": no such file or folder");
        }
        if (!Files.isDirectory(source)) {
            if (!isTable(source)) {
                throw new PipelineException(
                        ExitCode.CONFIGURATION, "warehouse " + source + ": the name must end in .parquet, .pq or .csv");
            }
            return List.of(source);
        }
        try (Stream<Path> entries = Files.list(source)) {
            List<Path> files = entries.filter(SourceTables::isTable).sorted().toList();
            if (files.isEmpty()) {
                throw new PipelineException(
                        ExitCode.CONFIGURATION,
                        "warehouse " + source + ": no file in it ends in .parquet, .pq or .csv");
            }
            return files;
        } catch (IOException e) {
            throw new PipelineException(ExitCode.CONFIGURATION, "warehouse " + source + ": cannot be listed", e);
        }
    }

    private static boolean isTable(Path file) {
        return Files.isRegularFile(file)
                && TableFormat.find(file)
                        .filter(format -> format != TableFormat.JSON_LINES)
                        .isPresent();
    }

    /** What tells these files from others, or from themselves before a change. */
    private static String signature(List<Path> files) {
        return files.stream()
                .map(file -> {
                    try {
                        return file.toAbsolutePath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
                    } catch (IOException e) {
                        throw new PipelineException(ExitCode.CONFIGURATION, file + ": cannot be read", e);
                    }
                })
                .collect(Collectors.joining("\n"));
    }

    private static boolean isLoaded(Path database, String signature, DuckDb.Limits limits) {
        if (!Files.exists(database)) {
            return false;
        }
        try (DuckDb duckDb = DuckDb.openReadOnly(database, limits);
                PreparedStatement statement =
                        duckDb.connection().prepareStatement("SELECT 1 FROM legacy.source_files WHERE signature = ?")) {
            statement.setString(1, signature);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        } catch (SQLException e) {
            // Not a database of ours, or not yet.
            return false;
        }
    }

    private static void load(DuckDb duckDb, List<Path> paths, Path folder, TableConverter converter, String signature)
            throws SQLException {
        List<SourceFile> files = new ArrayList<>();
        for (Path path : paths) {
            Path converted = folder.resolve(files.size() + ".parquet");
            files.add(SourceFile.open(duckDb, path, converted, converter));
        }
        String problems = files.stream()
                .map(SourceFile::problem)
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        if (!problems.isEmpty()) {
            throw new PipelineException(ExitCode.DATA_REFUSED, problems);
        }
        duckDb.execute("BEGIN");
        duckDb.execute("DROP SCHEMA IF EXISTS legacy CASCADE");
        duckDb.execute("CREATE SCHEMA legacy");
        duckDb.execute(
                "CREATE TABLE legacy.source_comments (position BIGINT, comment_unique_key VARCHAR, posted_date DATE,"
                        + " up_id BIGINT, cleaned_comment VARCHAR)");
        for (SourceFile file : files) {
            file.check(duckDb);
            duckDb.execute("INSERT INTO legacy.source_comments SELECT coalesce((SELECT max(position) FROM"
                    + " legacy.source_comments), 0) + position, * EXCLUDE (position) FROM (" + file.select() + ")");
        }
        boolean integerKeys = files.stream().allMatch(SourceFile::hasIntegerKeys);
        boolean marked = markRepeatedKeys(duckDb);
        if (marked) {
            String plain = "regexp_replace(marked, " + MARK + " || '[0-9]+$', '')";
            duckDb.execute("CREATE MACRO " + PLAIN_KEY + "(marked) AS "
                    + (integerKeys ? "CAST(" + plain + " AS BIGINT)" : plain));
        }
        String key = integerKeys && !marked ? "CAST(" + KEY + " AS BIGINT) AS " + KEY : KEY;
        duckDb.execute("CREATE VIEW legacy.all_cleaned_comments AS SELECT " + key + ", " + TEXT
                + " FROM legacy.source_comments");
        duckDb.execute("CREATE VIEW legacy.all_comments_fact AS SELECT " + key + ", " + DATE + ", " + UP_ID
                + " FROM legacy.source_comments");
        duckDb.execute("CREATE TABLE legacy.source_files AS SELECT " + DuckDb.literal(signature) + " AS signature");
        duckDb.execute("COMMIT");
    }

    /** A key that holds U+001F itself is marked too, so that taking the last mark off gives it back. */
    private static boolean markRepeatedKeys(DuckDb duckDb) throws SQLException {
        duckDb.execute(
                "CREATE TEMP TABLE marks AS SELECT position, number FROM (SELECT position, comment_unique_key AS key,"
                        + " row_number() OVER (PARTITION BY comment_unique_key ORDER BY position) AS number"
                        + " FROM legacy.source_comments WHERE contains(comment_unique_key, " + MARK + ")"
                        + " OR comment_unique_key IN (SELECT comment_unique_key FROM legacy.source_comments"
                        + " GROUP BY comment_unique_key HAVING count(*) > 1)) WHERE number > 1 OR contains(key, " + MARK
                        + ")");
        try (Statement statement = duckDb.connection().createStatement()) {
            return statement.executeUpdate(
                            "UPDATE legacy.source_comments SET comment_unique_key = comment_unique_key || " + MARK
                                    + " || number FROM marks WHERE marks.position = source_comments.position")
                    > 0;
        }
    }
}
