package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The options of Redshift's UNLOAD that are left to choose (Amazon Redshift Database Developer Guide, "UNLOAD").
 *
 * @param role the role that Redshift writes with: its ARN, several chained with commas, or {@code default}
 * @param parallel whether every slice writes files of its own; with {@code false} one does, in the query's order
 * @param manifest whether a list of the files is written beside them; its name ends in {@code manifest}
 * @param maxFileSizeMegabytes when a file is ended and the next begun, from 5 to 6,348
 * @param existing what becomes of objects that are there already
 */
public record UnloadOptions(
        String role, boolean parallel, boolean manifest, OptionalInt maxFileSizeMegabytes, Existing existing) {
    private static final String ARN = "arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+";
    private static final Pattern ROLE = Pattern.compile("(?i:default)|" + ARN + "(?:," + ARN + ")*");
    private static final int SMALLEST_MAX_FILE = 5;
    private static final int LARGEST_MAX_FILE = 6_348;

    /** What UNLOAD does where its prefix is not empty. */
    public enum Existing {
        /** Fails: what a run has written is never written again. This is what the pipeline relies on. */
        REFUSE(""),
        /** Removes everything below the prefix first, other runs' files too if the prefix is theirs. */
        CLEAN_PATH("CLEANPATH"),
        /** Writes over objects of the same names and leaves the others, so that two exports may be mixed. */
        ALLOW_OVERWRITE("ALLOWOVERWRITE");

        private final String keyword;

        Existing(String keyword) {
            this.keyword = keyword;
        }

        String keyword() {
            return keyword;
        }
    }

    public UnloadOptions {
        if (!ROLE.matcher(role).matches()) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "unload role \"" + role + "\": an ARN like arn:aws:iam::123456789012:role/name, or default");
        }
        if (maxFileSizeMegabytes.isPresent()
                && (maxFileSizeMegabytes.getAsInt() < SMALLEST_MAX_FILE
                        || maxFileSizeMegabytes.getAsInt() > LARGEST_MAX_FILE)) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "unload file size " + maxFileSizeMegabytes.getAsInt() + " MB: from " + SMALLEST_MAX_FILE + " to "
                            + LARGEST_MAX_FILE);
        }
    }

    /** Parallel, without a manifest, files as large as Redshift likes, nothing overwritten. */
    public static UnloadOptions standard(String role) {
        return new UnloadOptions(role, true, false, OptionalInt.empty(), Existing.REFUSE);
    }
}
