package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes Redshift's UNLOAD statement, in which nothing can be bound. */
final class UnloadStatement {
    private static final Pattern PREFIX =
            Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[\\p{Graph}&&[^'\\\\]]+");

    private UnloadStatement() {}

    /**
     * @param query a rendered template
     * @param prefix what the objects' URIs begin with
     */
    static String of(String query, String prefix, UnloadOptions options) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "unload prefix \"" + prefix + "\": s3://bucket/key, without blanks, quotes and backslashes");
        }
        List<String> lines = new ArrayList<>();
        lines.add("UNLOAD (" + quoted(query) + ")");
        lines.add("TO '" + prefix + "'");
        boolean byDefault = options.role().toLowerCase(Locale.ROOT).equals("default");
        lines.add("IAM_ROLE " + (byDefault ? "default" : "'" + options.role() + "'"));
        lines.add("FORMAT PARQUET");
        lines.add(options.parallel() ? "PARALLEL ON" : "PARALLEL OFF");
        if (options.manifest()) {
            lines.add("MANIFEST");
        }
        options.maxFileSizeMegabytes().ifPresent(megabytes -> lines.add("MAXFILESIZE " + megabytes + " MB"));
        lines.add(options.existing().keyword());
        lines.removeIf(String::isEmpty);
        return String.join("\n", lines);
    }

    /**
     * The query as the one literal that UNLOAD takes. Between dollar signs it stands as it is; if it holds two of them
     * itself, it stands between quotes, its own quotes doubled. The line ends keep a comment or a dollar sign at the
     * query's edge away from the quoting.
     */
    private static String quoted(String query) {
        if (!query.contains("$$")) {
            return "$$\n" + query + "\n$$";
        }
        if (query.contains("\\")) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "the query holds both $$ and a backslash, and UNLOAD has no quoting for both; avoid one of them");
        }
        return "'\n" + query.replace("'", "''") + "\n'";
    }
}
