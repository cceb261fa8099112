package io.trustpipeline.spacy;

/**
 * How a cache has served.
 *
 * @param lookups how often something was looked for
 * @param misses how often it was not there
 */
public record CacheCounts(long lookups, long misses) {

    /** Nothing looked for. */
    public static final CacheCounts NONE = new CacheCounts(0, 0);

    /** Both together. */
    public CacheCounts plus(CacheCounts other) {
        return new CacheCounts(lookups + other.lookups, misses + other.misses);
    }

    /** What has come about since an earlier count. */
    public CacheCounts since(CacheCounts earlier) {
        return new CacheCounts(lookups - earlier.lookups, misses - earlier.misses);
    }

    /** The share that was there; 1 when nothing was looked for. */
    public double hitRate() {
        return lookups == 0 ? 1 : 1 - (double) misses / lookups;
    }
}
