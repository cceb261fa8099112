package io.trustpipeline.ops;

import io.trustpipeline.run.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress where standard output is the log: a line at each stage and at every tenth of its rows. */
public final class LoggedProgress implements Progress {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedProgress.class);

    private String stage = "";
    private long tenth;

    @Override
    public synchronized void stage(String name) {
        stage = name;
        tenth = 0;
        LOG.info("stage {} begins", name);
    }

    @Override
    public synchronized void rows(long done, long total) {
        if (total > 0 && done * 10 / total > tenth) {
            tenth = done * 10 / total;
            LOG.info("stage {}: {} of {} rows", stage, done, total);
        }
    }

    @Override
    public void note(String line) {
        LOG.info("{}", line);
    }
}
