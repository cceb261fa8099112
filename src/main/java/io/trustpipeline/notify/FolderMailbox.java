package io.trustpipeline.notify;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * Where notifications go on a laptop: {@code <run_id>-<status>.eml}, which a mail program opens, and the same facts
 * beside it as {@code .json}. A file appears whole. Sending again what is there already changes nothing; another
 * message of the same run and status gets the next number. One process a folder; thread-safe.
 */
public final class FolderMailbox {
    private final Path folder;

    /** @param folder created with the first message */
    public FolderMailbox(Path folder) {
        this.folder = folder;
    }

    /**
     * Leaves the message in the folder.
     *
     * @return the mail's file, written now or earlier
     * @throws PipelineException UNAVAILABLE when the folder cannot be written
     */
    public synchronized Path send(Notification notification) {
        byte[] mail = Mail.compose(notification);
        byte[] facts = notification.json().getBytes(StandardCharsets.UTF_8);
        try {
            Files.createDirectories(folder);
            for (int number = 1; ; number++) {
                String name = name(notification, number);
                Path mailFile = folder.resolve(name + ".eml");
                Path factsFile = folder.resolve(name + ".json");
                if (isFreeOr(facts, factsFile) && isFreeOr(mail, mailFile)) {
                    write(factsFile, facts);
                    write(mailFile, mail);
                    return mailFile;
                }
            }
        } catch (IOException failed) {
            throw new PipelineException(
                    ExitCode.UNAVAILABLE, "Could not leave a message in the folder " + folder + ": " + failed, failed);
        }
    }

    private static String name(Notification notification, int number) {
        String name = notification.runId() + "-" + notification.status();
        return number == 1 ? name : name + "-" + number;
    }

    private static boolean isFreeOr(byte[] bytes, Path file) throws IOException {
        return !Files.exists(file) || Arrays.equals(Files.readAllBytes(file), bytes);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
        Files.write(unfinished, bytes);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
