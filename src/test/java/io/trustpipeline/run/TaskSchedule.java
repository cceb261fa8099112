package io.trustpipeline.run;

import io.trustpipeline.store.MemoryS3;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/**
 * Lets tasks of one run advance in turns, in an order drawn from a seed: one at a time, by a few requests to the store.
 * Between any two requests, and between a request's effect and its answer, a task may be killed or stand still while
 * others pass it.
 */
final class TaskSchedule implements MemoryS3.Gate {
    static final int NEVER = Integer.MAX_VALUE;

    private final Random random;
    private final ExecutorService threads;
    private final Semaphore back = new Semaphore(0);
    private final List<Running> running = new ArrayList<>();
    private Running current = new Running("nobody", NEVER, () -> {});

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
        private final Runnable work;
        private int passesLeft;
        private int turn;
        private boolean begun;
        private boolean ended;
        private boolean survived;
        private Throwable failure = new Killed();

        private Running(String name, int passesLeft, Runnable work) {
            this.name = name;
            this.passesLeft = passesLeft;
            this.work = work;
        }

        private void run() {
            try {
                work.run();
                survived = true;
            } catch (Throwable thrown) {
                failure = thrown;
            }
            ended = true;
            back.release();
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
     * Starts a process; it stands before its first step.
     *
     * @param passes after so many it is killed; {@link #NEVER}
     */
    Running start(String name, int passes, Runnable work) {
        Running process = new Running(name, passes, work);
        running.add(process);
        return process;
    }

    int alive() {
        return running.size();
    }

    /** Lets one process, drawn at random, come to the end of its turn, its death or its end. */
    Running step() {
        int index = random.nextInt(running.size());
        Running process = running.get(index);
        current = process;
        process.turn = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(20);
        if (process.begun) {
            process.go.release();
        } else {
            process.begun = true;
            threads.execute(process::run);
        }
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
        if (process.turn-- == 0) {
            back.release();
            process.go.acquireUninterruptibly();
            process.turn--;
        }
        if (process.passesLeft-- == 0) {
            throw new Killed();
        }
    }
}
