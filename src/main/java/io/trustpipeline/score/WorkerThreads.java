package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed number of threads that score slices of texts. */
final class WorkerThreads implements AutoCloseable {
    /** Texts that a thread takes at a time: what is computed in common gains from many. */
    private static final int MAX_SLICE = 64;

    /** Towards the end slices get shorter, so that all threads end together. */
    private static final int MIN_SLICE = 8;

    private static final int SLICES_A_THREAD = 4;

    private final int count;
    private final ExecutorService pool;

    WorkerThreads(int count) {
        this.count = count;
        AtomicInteger number = new AtomicInteger();
        this.pool = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "scorer-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The texts in parts for the threads. */
    List<List<String>> slices(List<String> texts) {
        List<List<String>> slices = new ArrayList<>();
        for (int start = 0; start < texts.size(); ) {
            int left = texts.size() - start;
            int fair = count == 1 ? left : Math.max(MIN_SLICE, left / (count * SLICES_A_THREAD));
            int end = start + Math.min(Math.min(fair, MAX_SLICE), left);
            slices.add(texts.subList(start, end));
            start = end;
        }
        return slices;
    }

    /**
     * The results of all tasks, in their order.
     *
     * @throws PipelineException {@code STOPPED} on interruption, or what a task threw
     */
    <T> List<T> run(List<Callable<T>> tasks) {
        List<T> results = new ArrayList<>(tasks.size());
        try {
            for (Future<T> done : pool.invokeAll(tasks)) {
                results.add(done.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(e);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
        return results;
    }

    /** The tasks declare no exception. */
    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        return stopped(cause);
    }

    private static PipelineException stopped(@Nullable Throwable cause) {
        return new PipelineException(ExitCode.STOPPED, "scoring was interrupted; the same request resumes it", cause);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
