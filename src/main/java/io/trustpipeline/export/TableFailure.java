package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.table.TableException;

/** A table's failure as a run's. */
final class TableFailure {
    private TableFailure() {}

    static PipelineException of(TableException failure) {
        ExitCode exitCode =
                switch (failure.kind()) {
                    case UNREADABLE, UNSUITABLE -> ExitCode.DATA_REFUSED;
                    case UNWRITABLE -> ExitCode.UNAVAILABLE;
                };
        return new PipelineException(exitCode, String.valueOf(failure.getMessage()), failure);
    }
}
