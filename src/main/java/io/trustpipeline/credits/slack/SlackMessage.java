package io.trustpipeline.credits.slack;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A message of a channel or a thread.
 *
 * @param ts its id, and its moment in seconds with six decimals
 * @param user who wrote it; empty for a bot without a user
 * @param bot whether a program wrote it
 * @param subtype null for what people write
 * @param ownKey what our own replies carry as metadata; null for others
 */
public record SlackMessage(
        String ts,
        String user,
        boolean bot,
        @Nullable String subtype,
        String text,
        int replies,
        @Nullable String ownKey) {

    /** Not that somebody joined, and no bot's. */
    public boolean isOfAPerson() {
        return !bot && (subtype == null || subtype.equals("thread_broadcast") || subtype.equals("file_share"));
    }

    /** What Slack leaves of a message that has answers. */
    boolean isDeleted() {
        return "tombstone".equals(subtype);
    }

    public static Instant moment(String ts) {
        return Instant.ofEpochMilli(new BigDecimal(ts).movePointRight(3).longValue());
    }

    public static String ts(Instant moment) {
        return moment.getEpochSecond() + ".000000";
    }
}
