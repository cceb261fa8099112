package io.trustpipeline.credits.looker;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a link to Looker points at. */
public sealed interface LookerLink {
    /** {@code /looks/123}. */
    record Look(String id) implements LookerLink {}

    /** {@code /explore/model/view?qid=slug}, or {@code /x/slug}. */
    record Query(String slug) implements LookerLink {}

    Pattern LOOK = Pattern.compile("/looks/(\\d{1,18})/?");
    Pattern SHORT = Pattern.compile("/x/([A-Za-z0-9_-]{1,64})/?");
    Pattern EXPLORE = Pattern.compile("/explore/.+");
    Pattern SLUG = Pattern.compile("(?:^|&)qid=([A-Za-z0-9_-]{1,64})(?:&|$)");

    /**
     * Reads a link.
     *
     * @param host of the one instance whose links are followed
     * @throws PipelineException REQUEST_REFUSED for any other
     */
    static LookerLink parse(String url, String host) {
        URI uri = uri(url);
        if (uri == null || !host.equalsIgnoreCase(uri.getHost())) {
            throw refused("the link does not lead to " + host);
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        Matcher look = LOOK.matcher(path);
        if (look.matches()) {
            return new Look(look.group(1));
        }
        Matcher slug = SLUG.matcher(uri.getRawQuery() == null ? "" : uri.getRawQuery());
        if (EXPLORE.matcher(path).matches() && slug.find()) {
            return new Query(slug.group(1));
        }
        Matcher shortened = SHORT.matcher(path);
        if (shortened.matches()) {
            return new Query(shortened.group(1));
        }
        throw refused("the link is none that can be followed; right are /looks/ID, /explore/…?qid=SLUG and /x/SLUG");
    }

    private static @Nullable URI uri(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    private static PipelineException refused(String reason) {
        return new PipelineException(ExitCode.REQUEST_REFUSED, reason);
    }
}
