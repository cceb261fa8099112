package io.trustpipeline.spacy;

/**
 * How the caches of a pipeline have served.
 *
 * @param words what depends on a word alone: its embedding
 * @param contexts what depends on a few tokens around a candidate: its scores
 */
public record CacheUse(CacheCounts words, CacheCounts contexts) {

    /** Nothing looked for. */
    public static final CacheUse NONE = new CacheUse(CacheCounts.NONE, CacheCounts.NONE);

    /** Both together. */
    public CacheUse plus(CacheUse other) {
        return new CacheUse(words.plus(other.words), contexts.plus(other.contexts));
    }

    /** What has come about since an earlier look. */
    public CacheUse since(CacheUse earlier) {
        return new CacheUse(words.since(earlier.words), contexts.since(earlier.contexts));
    }
}
