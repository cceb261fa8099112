package io.trustpipeline.score;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trustpipeline.score.TextScorer.Part;
import io.trustpipeline.score.ThemeResult.Found;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * What was found in texts of earlier batches: people write "Thank you" more than once. It holds as much as fits into some
 * 16 MiB; a text that is not there is scored again. Safe for use by several threads.
 */
final class KnownTexts {
    private static final long BYTES = 16 << 20;
    private static final int ENTRY_BYTES = 160;
    private static final int SPAN_BYTES = 160;

    private final Cache<Part, Found> found = Caffeine.newBuilder()
            .maximumWeight(BYTES)
            .weigher(KnownTexts::weight)
            .build();

    private static int weight(Part part, Found result) {
        return (int) Math.min(
                Integer.MAX_VALUE,
                ENTRY_BYTES
                        + 2L * part.text().length()
                        + (long) SPAN_BYTES
                                * (result.spans().size() + result.near().size()));
    }

    /** Returns what is known of some texts, and takes those themes, and texts that need no more, out of the map. */
    Map<Part, ThemeResult> take(Map<String, Set<String>> themesByText) {
        Map<Part, ThemeResult> known = new HashMap<>();
        Iterator<Map.Entry<String, Set<String>>> texts = themesByText.entrySet().iterator();
        while (texts.hasNext()) {
            Map.Entry<String, Set<String>> text = texts.next();
            for (String theme : new HashSet<>(text.getValue())) {
                Part part = new Part(text.getKey(), theme);
                Found result = found.getIfPresent(part);
                if (result != null) {
                    known.put(part, result);
                    text.getValue().remove(theme);
                }
            }
            if (text.getValue().isEmpty()) {
                texts.remove();
            }
        }
        return known;
    }

    /** Keeps what was found; texts that failed may be tried again. */
    void keep(Map<Part, ThemeResult> results) {
        results.forEach((part, result) -> {
            if (result instanceof Found spans) {
                found.put(part, spans);
            }
        });
    }
}
