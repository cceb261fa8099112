package io.trustpipeline.spacy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class KnownDigestsTest {

    @TempDir
    private Path folder;

    private Path file;
    private int taken;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("model"), "as it was");
        assumeTrue(Files.getFileStore(file).supportsFileAttributeView("unix"));
    }

    /** When the file has long been as it is. */
    private KnownDigests later() {
        return new KnownDigests(
                folder.resolve("digests"), InstantSource.offset(InstantSource.system(), Duration.ofMinutes(1)));
    }

    private String digest(KnownDigests known, String kind) throws IOException {
        return known.digest(kind, List.of(file), () -> {
            taken++;
            return Integer.toHexString(Files.readString(file).hashCode());
        });
    }

    private String digest() throws IOException {
        return digest(later(), "archive");
    }

    @Test
    void a_file_that_has_not_changed_is_not_read_again() throws IOException {
        String first = digest();
        assertThat(digest()).isEqualTo(first);
        assertThat(taken).isEqualTo(1);
    }

    @Test
    void digests_of_another_kind_and_of_other_files_are_others() throws IOException {
        digest();
        digest(later(), "pipeline");
        file = Files.writeString(folder.resolve("other"), "as it was");
        digest();
        assertThat(taken).isEqualTo(3);
    }

    @Test
    void other_content_of_the_same_size_and_time_is_noticed() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        String first = digest();
        Files.writeString(file, "As it was");
        Files.setLastModifiedTime(file, modified);
        assertThat(digest()).isNotEqualTo(first);
    }

    @Test
    void a_file_that_takes_its_place_is_noticed() throws IOException {
        String first = digest();
        Path other = Files.writeString(folder.resolve("other"), "AS it was");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(digest()).isNotEqualTo(first);
    }

    @Test
    void a_file_that_has_just_changed_is_read_each_time() throws IOException {
        Instant now = Files.getLastModifiedTime(file).toInstant().plusMillis(1900);
        KnownDigests young = new KnownDigests(folder.resolve("digests"), () -> now);
        digest(young, "archive");
        digest(young, "archive");
        assertThat(taken).isEqualTo(2);
    }

    @Test
    void a_file_that_changes_while_it_is_read_is_not_remembered() throws IOException {
        KnownDigests known = later();
        for (int time = 0; time < 2; time++) {
            known.digest("archive", List.of(file), () -> {
                taken++;
                Files.writeString(file, "changed " + taken);
                return "whatever";
            });
        }
        assertThat(taken).isEqualTo(2);
    }

    @Test
    void a_damaged_entry_is_replaced() throws IOException {
        String first = digest();
        try (Stream<Path> entries = Files.list(folder.resolve("digests"))) {
            Files.writeString(entries.findFirst().orElseThrow(), "damaged");
        }
        assertThat(digest()).isEqualTo(first);
        assertThat(digest()).isEqualTo(first);
        assertThat(taken).isEqualTo(2);
    }

    @Test
    void where_nothing_can_be_written_digests_are_taken_all_the_same() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "no folder");
        KnownDigests known = new KnownDigests(blocked, later().clock());
        assertThat(digest(known, "archive")).isEqualTo(digest(known, "archive"));
        assertThat(taken).isEqualTo(2);
    }

    @Test
    void a_file_that_cannot_be_read_is_an_error() {
        assertThatThrownBy(() -> later().digest("archive", List.of(file), () -> {
                    throw new IOException("unreadable");
                }))
                .hasMessage("unreadable");
    }
}
