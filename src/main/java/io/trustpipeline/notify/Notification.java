package io.trustpipeline.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One message about one run. Whatever it is made of, it cannot inject a header or a second recipient: line breaks and
 * control characters in the subject become spaces, and the recipient is one plain address.
 *
 * @param runId names the run; {@code [A-Za-z0-9][A-Za-z0-9._-]{0,79}}
 * @param status in capitals, such as {@code COMMITTED}; at most one message is kept for a run and status
 * @param at when what it tells happened (not when it is sent, so that a repeated message is the same message)
 * @param summary the sentences a person reads first
 * @param fields the facts, in order; values are what Jackson can write: strings, numbers, booleans, lists, maps, null
 * @param recipient the run's e-mail address, or null
 */
public record Notification(
        String runId,
        String status,
        Instant at,
        String subject,
        String summary,
        Map<String, @Nullable Object> fields,
        @Nullable String recipient) {
    /** The attribute that names the recipient; what each person's subscription filters on. */
    static final String RECIPIENT = "notify_email";

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
    private static final Pattern STATUS = Pattern.compile("[A-Z][A-Z_]{0,39}");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** @throws IllegalArgumentException for a run id, status or recipient that is not one */
    public Notification {
        require(RUN_ID, "run id", runId);
        require(STATUS, "status", status);
        subject = subject.replaceAll("[\\s\\p{Cc}\\p{Cf}\\u2028\\u2029]+", " ").strip();
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        if (recipient != null) {
            requireOneAddress(recipient);
        }
    }

    private static void require(Pattern pattern, String what, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a " + what + ": " + printable(value));
        }
    }

    private static void requireOneAddress(String recipient) {
        try {
            InternetAddress address = new InternetAddress(recipient, true);
            if (!recipient.equals(address.getAddress()) || !recipient.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new AddressException("not one plain address");
            }
        } catch (AddressException wrong) {
            throw new IllegalArgumentException("Not an e-mail address: " + printable(recipient), wrong);
        }
    }

    private static String printable(String value) {
        return value.replaceAll("[^\\x20-\\x7e]", "?");
    }

    /** The fields as indented JSON. */
    public String json() {
        return write(fields);
    }

    /** The summary, then one line a field. */
    public String text() {
        StringBuilder text = new StringBuilder(summary.strip()).append("\n\n");
        fields.forEach((name, value) -> text.append(name)
                .append(": ")
                .append(value instanceof String string ? string : compact(value))
                .append('\n'));
        return text.toString();
    }

    /** What a subscriber can filter on: run_id, status and, with a recipient, notify_email. */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("run_id", runId);
        attributes.put("status", status);
        if (recipient != null) {
            attributes.put(RECIPIENT, recipient);
        }
        return attributes;
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(
                    "A field has no JSON form: " + unwritable.getOriginalMessage(), unwritable);
        }
    }

    private static String compact(@Nullable Object value) {
        return JSON.valueToTree(value).toString();
    }
}
