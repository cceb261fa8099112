package io.trustpipeline.notify;

import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.sns.Sns2Constants;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns a {@link Notification} in the body into what Camel's {@code aws2-sns} publishes: mail subscribers get the text,
 * all others the JSON. Every header that came along is removed first, because the component publishes each one as a
 * message attribute.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">SNS Publish</a>
 */
public final class SnsMessage {
    private static final int LONGEST_SUBJECT = 100;

    /** Called by a route, with the exchange's message. */
    public void prepare(Message message) throws InvalidPayloadException {
        Notification notification = message.getMandatoryBody(Notification.class);
        message.removeHeaders("*");
        Map<String, String> byProtocol = new LinkedHashMap<>();
        byProtocol.put("default", notification.json());
        byProtocol.put("email", notification.text());
        message.setBody(Notification.write(byProtocol));
        message.setHeader(Sns2Constants.MESSAGE_STRUCTURE, "json");
        message.setHeader(Sns2Constants.SUBJECT, subject(notification.subject()));
        notification.attributes().forEach(message::setHeader);
    }

    /** SNS wants at most 100 ASCII characters, the first of them not a space. */
    static String subject(String text) {
        String letters = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
        String ascii = letters.replaceAll("[^\\x20-\\x7e]", "?").strip();
        if (ascii.isEmpty()) {
            return "Trust Pipeline";
        }
        return ascii.length() <= LONGEST_SUBJECT ? ascii : ascii.substring(0, LONGEST_SUBJECT - 3) + "...";
    }
}
