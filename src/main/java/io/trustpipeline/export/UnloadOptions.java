package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The options of Redshift's UNLOAD that are left to choose (Amazon Redshift Database Developer Guide, "UNLOAD").
 *
 * @param role the role that Redshift writes with: its ARN, several chained with commas, or {@code default}
 * @param parallel whether every slice writes files of its own; with {@code false} one does, in the query's order
 * @param manifest whether a list of the files is written beside them, from which they are known then; its name ends in
 *     {@code manifest}
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

    /**
     * Reads options such as {@code parallel=off, max-file-size=100, existing=refuse}.
     *
     * @param written options by name, separated by commas; one left out has its usual value
     * @throws PipelineException with {@link ExitCode#CONFIGURATION} naming what is not an option, or not a value of it
     */
    public static UnloadOptions parse(String role, String written) {
        UnloadOptions options = standard(role);
        for (String option : written.split(",")) {
            if (!option.isBlank()) {
                options = options.with(option.strip().toLowerCase(Locale.ROOT));
            }
        }
        return options;
    }

    private UnloadOptions with(String option) {
        return switch (option) {
            case "parallel=on" -> new UnloadOptions(role, true, manifest, maxFileSizeMegabytes, existing);
            case "parallel=off" -> new UnloadOptions(role, false, manifest, maxFileSizeMegabytes, existing);
            case "manifest=on" -> new UnloadOptions(role, parallel, true, maxFileSizeMegabytes, existing);
            case "manifest=off" -> new UnloadOptions(role, parallel, false, maxFileSizeMegabytes, existing);
            case "existing=refuse" -> with(Existing.REFUSE);
            case "existing=clean-path" -> with(Existing.CLEAN_PATH);
            case "existing=allow-overwrite" -> with(Existing.ALLOW_OVERWRITE);
            default -> {
                if (!option.matches("max-file-size=\\d{1,6}")) {
                    throw new PipelineException(
                            ExitCode.CONFIGURATION,
                            "unload option \"" + option + "\": parallel=on|off, manifest=on|off, max-file-size=MB or"
                                    + " existing=refuse|clean-path|allow-overwrite");
                }
                int megabytes = Integer.parseInt(option.substring(option.indexOf('=') + 1));
                yield new UnloadOptions(role, parallel, manifest, OptionalInt.of(megabytes), existing);
            }
        };
    }

    private UnloadOptions with(Existing other) {
        return new UnloadOptions(role, parallel, manifest, maxFileSizeMegabytes, other);
    }

    /** Parallel, with a manifest, files as large as Redshift likes, nothing overwritten. */
    public static UnloadOptions standard(String role) {
        return new UnloadOptions(role, true, true, OptionalInt.empty(), Existing.REFUSE);
    }
}
