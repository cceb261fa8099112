package io.trustpipeline.notify;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;

import static io.trustpipeline.notify.NotificationTest.notification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FolderMailboxTest {
    @TempDir
    Path home;

    private FolderMailbox mailbox() {
        return new FolderMailbox(home.resolve("outbox"));
    }

    private static MimeMessage read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return new MimeMessage(Session.getInstance(new Properties()), in);
        }
    }

    @Test
    void a_message_is_a_mail_that_a_mail_program_opens_and_the_facts_beside_it() throws Exception {
        Notification notification = notification("Trust scoring: gescort für Ana ❤", "ana@example.org");

        Path file = mailbox().send(notification);

        assertThat(file).isEqualTo(home.resolve("outbox/nightly-17-COMMITTED.eml"));
        MimeMessage mail = read(file);
        assertThat(mail.getSubject()).isEqualTo("Trust scoring: gescort für Ana ❤");
        assertThat(mail.getAllRecipients()).extracting(Address::toString).containsExactly("ana@example.org");
        assertThat(mail.getSentDate()).isEqualTo(Date.from(Instant.parse("2026-02-03T12:00:00Z")));
        assertThat(mail.getContent().toString().replace("\r\n", "\n")).isEqualTo(notification.text());
        assertThat(home.resolve("outbox/nightly-17-COMMITTED.json")).hasContent(notification.json());
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).isASCII();
    }

    @Test
    void no_header_can_be_injected() throws Exception {
        Path file = mailbox().send(notification("Done\r\nBcc: eve@example.org\r\n\r\nbody", null));

        MimeMessage mail = read(file);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).isEqualTo("Done Bcc: eve@example.org body");
    }

    @Test
    void the_same_message_is_sent_once() throws Exception {
        Path file = mailbox().send(notification("Done", null));
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        assertThat(mailbox().send(notification("Done", null))).isEqualTo(file);

        assertThat(Files.getLastModifiedTime(file).toMillis()).isZero();
        assertThat(home.resolve("outbox")).isDirectoryContaining("glob:**.eml");
        try (var files = Files.list(home.resolve("outbox"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void another_message_of_the_same_run_does_not_replace_the_first() throws Exception {
        Path first = mailbox().send(notification("Done", null));

        Path second = mailbox().send(notification("Done again", null));

        assertThat(second).isEqualTo(home.resolve("outbox/nightly-17-COMMITTED-2.eml"));
        assertThat(read(first).getSubject()).isEqualTo("Done");
        assertThat(home.resolve("outbox/nightly-17-COMMITTED-2.json")).exists();
    }

    @Test
    void a_kill_between_the_two_files_is_made_good_by_sending_again() throws Exception {
        Path mail = mailbox().send(notification("Done", null));
        Files.delete(mail);
        Files.writeString(home.resolve("outbox/.nightly-17-COMMITTED.eml.unfinished"), "Fr");

        assertThat(mailbox().send(notification("Done", null))).isEqualTo(mail);

        assertThat(read(mail).getSubject()).isEqualTo("Done");
        assertThat(home.resolve("outbox")).isDirectoryNotContaining("glob:**.unfinished");
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() throws Exception {
        Files.writeString(home.resolve("outbox"), "a file");

        assertThatThrownBy(() -> mailbox().send(notification("Done", null)))
                .isInstanceOfSatisfying(PipelineException.class, thrown -> assertThat(thrown.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContaining("outbox");
    }
}
