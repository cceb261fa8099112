package io.trustpipeline.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import static io.trustpipeline.store.StoreException.Kind.UNAVAILABLE;

/**
 * The right to change one home folder; one process has it at a time. The operating system takes it back when the
 * process dies, however it dies, so there is never a stale lock to remove. The file {@code lock} says who holds it.
 */
public final class HomeLock implements AutoCloseable {
    /**
     * Who holds which home in this process. POSIX drops all of a process's locks on a file as soon as the process
     * closes any descriptor of it, so a home that is held here must not be opened a second time, not even to read.
     */
    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    /** Far behind the text, because on Windows a locked region cannot be read by others. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path home;
    private final FileChannel channel;

    private HomeLock(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /**
     * Takes the home, which is created if absent. Does not wait.
     *
     * @throws StoreException when another process, or another part of this one, has it; the message says which, and
     *     since when
     */
    public static HomeLock acquire(Path home, Clock clock) {
        String holder = "process " + ProcessHandle.current().pid() + " since " + clock.instant();
        try {
            Path real = Files.createDirectories(home).toRealPath();
            @Nullable String here = HELD_HERE.putIfAbsent(real, holder);
            if (here != null) {
                throw inUse(real, here);
            }
            try {
                return new HomeLock(real, lock(real, holder));
            } catch (IOException | RuntimeException failed) {
                HELD_HERE.remove(real);
                throw failed;
            }
        } catch (IOException failed) {
            throw new StoreException(UNAVAILABLE, "Could not use the folder " + home + ": " + failed, failed);
        }
    }

    private static FileChannel lock(Path home, String holder) throws IOException {
        Path file = home.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                String other = Files.readString(file).strip();
                throw inUse(home, other.isEmpty() ? "another process" : other);
            }
            channel.truncate(0).write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
            return channel;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static StoreException inUse(Path home, String holder) {
        return new StoreException(UNAVAILABLE, "The folder " + home + " is in use by " + holder);
    }

    /** The home's real path. */
    public Path home() {
        return home;
    }

    /** Gives the home back. The file stays, empty: deleting it would race with the next holder. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            channel.truncate(0);
        } catch (IOException failed) {
            throw new StoreException(UNAVAILABLE, "Could not release the folder " + home + ": " + failed, failed);
        } finally {
            HELD_HERE.remove(home);
        }
    }
}
