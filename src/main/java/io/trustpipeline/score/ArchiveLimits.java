package io.trustpipeline.score;

/**
 * How much an archive from outside may unpack to.
 *
 * @param totalBytes of the whole unpacked archive
 * @param entryBytes of one file
 * @param entries files and folders
 * @param ratio unpacked bytes for each packed byte, once more than {@link #ANY_RATIO_BYTES} are unpacked
 */
public record ArchiveLimits(long totalBytes, long entryBytes, int entries, int ratio) {
    /** Room for the largest transformer models with their vocabulary. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(8L << 30, 4L << 30, 20_000, 100);

    /** Up to here any ratio is harmless; small archives of tables may be packed very tightly. */
    static final long ANY_RATIO_BYTES = 32L << 20;
}
