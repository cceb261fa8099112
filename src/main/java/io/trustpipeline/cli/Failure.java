package io.trustpipeline.cli;

import io.trustpipeline.config.ConfigurationException;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.store.StoreException;
import io.trustpipeline.table.TableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a failed command ends: its exit code and the line that says why. Frameworks wrap what happened several times; the
 * innermost error that one of our rooms named decides.
 */
record Failure(ExitCode exitCode, String message) {
    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    static Failure of(Throwable thrown) {
        for (Throwable cause : causes(thrown)) {
            if (cause instanceof PipelineException known) {
                return new Failure(known.exitCode(), text(known));
            }
            if (cause instanceof ConfigurationException known) {
                return new Failure(ExitCode.CONFIGURATION, text(known));
            }
            if (cause instanceof StoreException known) {
                return new Failure(exitCode(known.kind()), text(known));
            }
            if (cause instanceof TableException known) {
                return new Failure(exitCode(known.kind()), text(known));
            }
            if (cause instanceof ModelException) {
                return new Failure(ExitCode.DATA_REFUSED, text(cause));
            }
        }
        for (Throwable cause : causes(thrown)) {
            if (cause instanceof SdkException) {
                return new Failure(ExitCode.UNAVAILABLE, "AWS: " + text(cause));
            }
            if (cause instanceof FileSystemException) {
                return new Failure(ExitCode.UNAVAILABLE, text(cause));
            }
        }
        LOG.error("unexpected", thrown);
        Throwable root = causes(thrown).get(0);
        return new Failure(
                ExitCode.DEFECT,
                "a defect of ours: " + root.getClass().getSimpleName() + " " + text(root)
                        + "; the log has the details, the same request resumes");
    }

    /** Anything thrown, as the one exception that says how the program ends. */
    static PipelineException asPipelineException(Exception thrown) {
        Failure failure = of(thrown);
        return new PipelineException(failure.exitCode(), failure.message(), thrown);
    }

    private static ExitCode exitCode(StoreException.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE, CONFLICT -> ExitCode.UNAVAILABLE;
            case REFUSED -> ExitCode.CONFIGURATION;
            case CORRUPT -> ExitCode.DATA_REFUSED;
        };
    }

    private static ExitCode exitCode(TableException.Kind kind) {
        return switch (kind) {
            case UNREADABLE, UNSUITABLE -> ExitCode.DATA_REFUSED;
            case UNWRITABLE -> ExitCode.UNAVAILABLE;
        };
    }

    /** The innermost first. */
    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable t = thrown; t != null && causes.size() < 50; t = t.getCause()) {
            causes.add(0, t);
        }
        return causes;
    }

    private static String text(Throwable t) {
        return String.valueOf(t.getMessage());
    }

    void print(PrintWriter err) {
        message.lines().forEach(line -> err.println("trust-pipeline: " + line));
        err.flush();
    }
}
