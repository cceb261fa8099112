package io.trustpipeline.ops;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Watches the routes of a pipeline's stages: how long each took, and in the log of which run and which stage a line was
 * written. A stage that calls another includes it. Found by Camel among the beans. Thread-safe; the times are those of one
 * run after the other.
 */
public final class StageWatch implements RoutePolicyFactory {
    private static final String STAGE = "stage";
    private static final String RUN_ID = "run_id";
    /** The routes set this variable once a run has its id. */
    private static final String CLAIMED = "claimed";

    private static final String BEGUN = "trust.stages.begun";

    private final String stagePrefix;
    private final Function<Object, @Nullable String> runId;
    private final Map<String, Duration> taken = new TreeMap<>();

    /**
     * @param pipeline whose stages' routes are named {@code <pipeline>-<stage>}
     * @param runId of what the variable {@code claimed} holds
     */
    public StageWatch(String pipeline, Function<Object, @Nullable String> runId) {
        this.stagePrefix = pipeline + "-";
        this.runId = runId;
    }

    private record Begun(
            long nanoTime,
            @Nullable String stageBefore,
            @Nullable String runBefore) {}

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        if (!routeId.startsWith(stagePrefix)) {
            return null;
        }
        String stage = routeId.substring(stagePrefix.length());
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route begun, Exchange exchange) {
                begin(stage, exchange);
            }

            @Override
            public void onExchangeDone(Route done, Exchange exchange) {
                end(stage, exchange);
            }
        };
    }

    private void begin(String stage, Exchange exchange) {
        begun(exchange).push(new Begun(System.nanoTime(), MDC.get(STAGE), MDC.get(RUN_ID)));
        MDC.put(STAGE, stage);
        @Nullable Object claimed = exchange.getVariable(CLAIMED);
        @Nullable String id = claimed == null ? null : runId.apply(claimed);
        if (id != null) {
            MDC.put(RUN_ID, id);
        }
    }

    private void end(String stage, Exchange exchange) {
        @Nullable Begun last = begun(exchange).poll();
        if (last != null) {
            synchronized (taken) {
                taken.merge(stage, Duration.ofNanos(System.nanoTime() - last.nanoTime()), Duration::plus);
            }
            restore(STAGE, last.stageBefore());
            restore(RUN_ID, last.runBefore());
        }
    }

    /** Stages that call each other are on one exchange, or on copies that share its properties. */
    @SuppressWarnings("unchecked")
    private static Deque<Begun> begun(Exchange exchange) {
        @Nullable Deque<Begun> begun = exchange.getProperty(BEGUN, Deque.class);
        if (begun == null) {
            begun = new ArrayDeque<>();
            exchange.setProperty(BEGUN, begun);
        }
        return begun;
    }

    private static void restore(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    /** What each stage has taken since the last call. */
    public Map<String, Duration> take() {
        synchronized (taken) {
            Map<String, Duration> times = new TreeMap<>(taken);
            taken.clear();
            return times;
        }
    }
}
