package io.trustpipeline.ops;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;

/** Where the log's JSON lines go: to standard output in a container, into a file on a laptop. */
public final class Logs {
    private static final String DESTINATION = "destination";

    private Logs() {}

    /** Sends the log to {@code file}, or to standard output when the environment says {@code TRUST_LOG=stdout}. */
    public static void open(Path file) {
        if ("stdout".equals(System.getenv("TRUST_LOG"))) {
            attach(new ConsoleAppender<>());
        } else {
            FileAppender<ILoggingEvent> appender = new FileAppender<>();
            appender.setFile(file.toString());
            attach(appender);
        }
    }

    private static void attach(OutputStreamAppender<ILoggingEvent> appender) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Appender<ILoggingEvent> earlier = root.getAppender(DESTINATION);
        if (earlier != null) {
            root.detachAppender(earlier);
            earlier.stop();
        }
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithContext(false);
        encoder.start();
        appender.setName(DESTINATION);
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        root.addAppender(appender);
    }
}
