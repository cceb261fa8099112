package io.trustpipeline.run;

import io.trustpipeline.store.MemoryS3;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/**
 * Lets tasks of one run advance one request to the store at a time, in an order drawn from a seed. Between any two
 * requests, and between a request's effect and its answer, a task may be killed or stand still while others pass it.
 */
final class TaskSchedule implements MemoryS3.Gate {
    private final Random random;
    private final ExecutorService threads;
    private final Semaphore back = new Semaphore(0);
    private final List<Running> running = new ArrayList<>();
    private Running current = new Running("nobody", Integer.MAX_VALUE);

    TaskSchedule(long seed, ExecutorService threads) {
        this.random = new Random(seed);
        this.threads = threads;
    }

    /** SIGKILL: no code of the program may catch it. */
    @SuppressWarnings("serial")
    private static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    /** A process that has begun and not ended. */
    final class Running {
        private final String name;
        private final Semaphore go = new Semaphore(0);
        private int passesLeft;
        private boolean ended;
        private boolean survived;
        private Throwable failure = new Killed();

        private Running(String name, int passesLeft) {
            this.name = name;
            this.passesLeft = passesLeft;
        }

        String name() {
            return name;
        }

        boolean ended() {
            return ended;
        }

        /** Ended by itself, having done its work. */
        boolean survived() {
            return survived;
        }

        /** What ended it, if the schedule did not. */
        Throwable failure() {
            return failure;
        }

        boolean killed() {
            return !survived && failure instanceof Killed;
        }
    }

    Random random() {
        return random;
    }

    /**
     * Starts a process; it stands before its first step. One in three is killed on its way.
     *
     * @param length about how often it passes when it is not
     */
    Running start(String name, int length, Runnable work) {
        Running process = new Running(name, random.nextInt(3) == 0 ? random.nextInt(length) : Integer.MAX_VALUE);
        running.add(process);
        threads.execute(() -> {
            process.go.acquireUninterruptibly();
            try {
                work.run();
                process.survived = true;
            } catch (Throwable thrown) {
                process.failure = thrown;
            }
            process.ended = true;
            back.release();
        });
        return process;
    }

    int alive() {
        return running.size();
    }

    /** Lets one process, drawn at random, come to its next pass, its death or its end. */
    Running step() {
        int index = random.nextInt(running.size());
        Running process = running.get(index);
        current = process;
        process.go.release();
        back.acquireUninterruptibly();
        if (process.ended) {
            running.set(index, running.get(running.size() - 1));
            running.remove(running.size() - 1);
        }
        return process;
    }

    /** Called by the store, in the thread of the process whose turn it is. */
    @Override
    public void pass() {
        Running process = current;
        back.release();
        process.go.acquireUninterruptibly();
        if (process.passesLeft-- == 0) {
            throw new Killed();
        }
    }
}
