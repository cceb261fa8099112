package io.trustpipeline.run;

import io.trustpipeline.store.Download;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbMessage;
import io.trustpipeline.table.TableConverter;
import org.apache.commons.codec.digest.DigestUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The local scratch folder of one run. All in it can be made again from the store, so it is emptied whenever an attempt
 * begins or the run ends.
 */
public final class Workspace {
    private static final Pattern DISK_OR_MEMORY = Pattern.compile("No space left|^IO Error|Out of Memory Error");

    private final Path root;
    private final Footer.Source footers;

    public Workspace(Path root) {
        this(root, (file, sha256) -> Footer.read(file));
    }

    Workspace(Path root, Footer.Source footers) {
        this.root = root;
        this.footers = footers;
    }

    /** The folder of a run, created if need be. */
    public Path of(Run run) {
        Path folder = root.resolve(run.request().runId());
        try {
            return Files.isDirectory(folder) ? folder : Files.createDirectories(folder);
        } catch (IOException e) {
            throw new PipelineException(
                    ExitCode.UNAVAILABLE, folder + ": cannot be created (" + e.getMessage() + ")", e);
        }
    }

    /** A path for a new file in the run's folder; whatever an earlier attempt left there is removed. */
    public Path fresh(Run run, String name) {
        Path file = of(run).resolve(name);
        delete(file);
        return file;
    }

    /** An empty folder in the run's folder. */
    public Path freshFolder(Run run, String name) {
        Path folder = fresh(run, name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new PipelineException(
                    ExitCode.UNAVAILABLE, folder + ": cannot be created (" + e.getMessage() + ")", e);
        }
    }

    /**
     * The object as a local file, fetched unless it is there already.
     *
     * @throws PipelineException DATA_REFUSED when its bytes are not the ones that were verified when it was written
     */
    public Path local(Run run, ObjectStore store, StoredObject object) {
        Path file = of(run).resolve(object.sha256() + ".parquet");
        if (!Files.exists(file)) {
            Path arriving = fresh(run, object.sha256() + ".arriving");
            String sha256 = store.downloadTo(object.key(), arriving)
                    .orElseThrow(() -> new PipelineException(
                            ExitCode.DATA_REFUSED, object.key() + ": is gone though the run wrote it; restore it"))
                    .sha256();
            if (!sha256.equals(object.sha256())) {
                throw new PipelineException(
                        ExitCode.DATA_REFUSED,
                        object.key() + ": its SHA-256 is " + sha256 + " but was " + object.sha256()
                                + " when it was written; somebody changed it");
            }
            move(arriving, file);
        }
        return file;
    }

    /**
     * Fetches an object to see what really stands there.
     *
     * @throws PipelineException DATA_REFUSED when there is none
     */
    public StoredObject readBack(Run run, ObjectStore store, String key) {
        Path file = fresh(run, "read-back.parquet");
        Download download = store.downloadTo(key, file)
                .orElseThrow(() -> new PipelineException(
                        ExitCode.DATA_REFUSED, key + ": was written but is not there; start the run again"));
        long rows = footers.of(file, download.sha256()).rows();
        StoredObject object = new StoredObject(key, rows, download.size(), download.sha256());
        adopt(run, file, object);
        return object;
    }

    /** What the writer of an object left in its footer. */
    Map<String, String> metadata(Run run, ObjectStore store, StoredObject object) {
        return footers.of(local(run, store, object), object.sha256()).metadata();
    }

    /** Remembers a local file as the object it has just become, so that it need not be fetched again. */
    Path adopt(Run run, Path file, StoredObject object) {
        Path known = of(run).resolve(object.sha256() + ".parquet");
        if (!file.equals(known)) {
            move(file, known);
        }
        return known;
    }

    /** A scratch database that spills into the run's folder. */
    public DuckDb database(Run run) {
        return DuckDb.inMemory(limits(run));
    }

    /** A table as a Parquet file of the run's folder that can be read in little memory. */
    public Path readable(Run run, Path table, String name) {
        return new TableConverter(limits(run)).asParquet(table, fresh(run, name));
    }

    private DuckDb.Limits limits(Run run) {
        return DuckDb.Limits.standard(of(run).resolve("spill"));
    }

    /** What a scratch database's error means: the disk or the memory it may use is full, or its SQL is wrong. */
    public static PipelineException failed(String step, SQLException e) {
        boolean full = DISK_OR_MEMORY.matcher(String.valueOf(e.getMessage())).find();
        return new PipelineException(
                full ? ExitCode.UNAVAILABLE : ExitCode.DEFECT, step + ": " + DuckDbMessage.of(e), e);
    }

    /** These Parquet files as a table in DuckDB's SQL. */
    public static String table(List<Path> files) {
        return files.stream()
                .map(DuckDb::file)
                .collect(Collectors.joining(", ", "read_parquet([", "], hive_partitioning = false)"));
    }

    /** Removes all local files of a run. */
    public void clear(Run run) {
        delete(root.resolve(run.request().runId()));
    }

    /** Removes all local files of all runs. */
    public void clear() {
        delete(root);
    }

    public static String sha256(Path file) {
        try (java.io.InputStream in = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(path)) {
            for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
