package io.trustpipeline.notify;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;

/** Composes an internet message (RFC 5322). The same notification always gives the same bytes. */
final class Mail {
    private static final String SENDER = "trust-pipeline@localhost";

    private Mail() {}

    static byte[] compose(Notification notification) {
        try {
            MimeMessage message = new Numbered(notification);
            message.setFrom(SENDER);
            String recipient = notification.recipient();
            message.setRecipient(
                    MimeMessage.RecipientType.TO, new InternetAddress(recipient == null ? SENDER : recipient));
            message.setSubject(notification.subject(), StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(notification.at()));
            message.setText(notification.text(), StandardCharsets.UTF_8.name());
            message.setHeader("Auto-Submitted", "auto-generated");
            message.saveChanges();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            return bytes.toByteArray();
        } catch (MessagingException | IOException impossible) {
            throw new IllegalStateException("A valid notification makes a valid mail", impossible);
        }
    }

    /** Bears the run and the status as its number, where the library would draw a random one. */
    private static final class Numbered extends MimeMessage {
        private final Notification notification;

        Numbered(Notification notification) {
            super(Session.getInstance(new Properties()));
            this.notification = notification;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + notification.runId() + "-" + notification.status() + "@localhost>");
        }
    }
}
