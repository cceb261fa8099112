package io.trustpipeline.credits.slack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a message asks for.
 *
 * @param links to Looker, each once, in their order
 * @param accounts that the text names
 */
public record RequestText(List<String> links, Set<String> accounts) {
    /** Slack writes links as {@code <url>} or {@code <url|label>}. */
    private static final Pattern LINK = Pattern.compile("<(https?://[^>|\\s]+)(?:\\|[^>]*)?>");

    private static final Pattern ACCOUNT = Pattern.compile("\\bAC[0-9a-f]{32}\\b");
    private static final String LOOKER = "looker.com";

    public RequestText {
        links = List.copyOf(links);
        accounts = Set.copyOf(accounts);
    }

    public static RequestText of(String text) {
        List<String> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(text);
        while (matcher.find()) {
            // Slack escapes these three characters, and no other.
            String url =
                    matcher.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            if (url.toLowerCase(Locale.ROOT).contains(LOOKER) && !links.contains(url)) {
                links.add(url);
            }
        }
        return new RequestText(
                links,
                ACCOUNT.matcher(LINK.matcher(text).replaceAll(" "))
                        .results()
                        .map(found -> found.group())
                        .collect(Collectors.toSet()));
    }

    /** A message together with what was said below it. */
    public RequestText and(RequestText later) {
        List<String> all = new ArrayList<>(links);
        later.links.stream().filter(link -> !all.contains(link)).forEach(all::add);
        Set<String> named = new HashSet<>(accounts);
        named.addAll(later.accounts);
        return new RequestText(all, named);
    }

    /** Whether a text without a link is meant as a request. */
    public static boolean asks(String text, List<String> keywords) {
        String lower = text.toLowerCase(Locale.ROOT);
        return keywords.stream().anyMatch(lower::contains);
    }
}
