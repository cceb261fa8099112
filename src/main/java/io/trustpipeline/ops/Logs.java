package io.trustpipeline.ops;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Where the log's JSON lines go: to standard output in a container, into a file on a laptop. */
public final class Logs {
    private static final String DESTINATION = "destination";
    private static final String METRICS = "metrics";

    private Logs() {}

    /**
     * Sends the log to {@code file} and metrics to {@code metrics.jsonl} beside it, or both to standard output when the
     * environment says {@code TRUST_LOG=stdout}. Lines carry the id that whoever started the process gave it in {@code
     * TRUST_REQUEST_ID}, such as an execution's name.
     */
    public static void open(Path file) {
        attach(org.slf4j.Logger.ROOT_LOGGER_NAME, appender(file), json());
        attach(METRICS, appender(file.resolveSibling("metrics.jsonl")), plain());
        context().getLogger(METRICS).setAdditive(false);
        String request = System.getenv("TRUST_REQUEST_ID");
        if (request != null) {
            MDC.put("request_id", request);
        }
    }

    /** Whether standard output is the log, where nothing else should be printed. */
    public static boolean onStandardOutput() {
        return "stdout".equals(System.getenv("TRUST_LOG"));
    }

    /** Where lines of metrics go, as they are. */
    public static Consumer<String> metrics() {
        return context().getLogger(METRICS)::info;
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static OutputStreamAppender<ILoggingEvent> appender(Path file) {
        if (onStandardOutput()) {
            return new ConsoleAppender<>();
        }
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setFile(file.toString());
        return appender;
    }

    private static Encoder<ILoggingEvent> json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithContext(false);
        return encoder;
    }

    private static Encoder<ILoggingEvent> plain() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern("%msg%n");
        return encoder;
    }

    private static void attach(
            String name, OutputStreamAppender<ILoggingEvent> appender, Encoder<ILoggingEvent> encoder) {
        LoggerContext context = context();
        Logger logger = context.getLogger(name);
        Appender<ILoggingEvent> earlier = logger.getAppender(DESTINATION);
        if (earlier != null) {
            logger.detachAppender(earlier);
            earlier.stop();
        }
        encoder.setContext(context);
        encoder.start();
        appender.setName(DESTINATION);
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        logger.addAppender(appender);
    }
}
