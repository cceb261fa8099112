package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fargate: finds the tasks that somebody ran in the emulator's ECS and starts each as a process of this program, with the
 * command and the environment of its overrides. A process that dies without a report is reported as a lost heartbeat, in
 * place of Step Functions, whose heartbeats the emulator never misses.
 */
final class FargateDouble implements AutoCloseable {
    private static final int KILLED = 137;

    private final AwsEmulator aws;
    private final Path folder;
    private final Map<String, String> environment;
    private final Set<String> seen = new HashSet<>();
    private final List<Task> tasks = new CopyOnWriteArrayList<>();
    private final ExecutorService processes = Executors.newCachedThreadPool();
    private final Thread poller = new Thread(this::poll, "fargate");
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final Map<String, String> killOnce = new HashMap<>();
    private volatile boolean open = true;

    /** A task that has ended. */
    record Task(List<String> command, int status, String text) {
        String line() {
            return String.join(" ", command);
        }
    }

    /** @param environment of the container, as the task definition gives it */
    FargateDouble(AwsEmulator aws, Path folder, Map<String, String> environment) {
        this.aws = aws;
        this.folder = folder;
        this.environment = environment;
        poller.setDaemon(true);
        poller.start();
    }

    /** The first task whose command ends so is killed with SIGKILL at that point. */
    synchronized void killOnce(String endOfCommand, String killPoint) {
        killOnce.put(endOfCommand, killPoint);
    }

    /** All tasks, once those have ended that have reported and were about to. */
    List<Task> tasks() throws InterruptedException {
        for (int tries = 0; running.get() > 0 && tries < 600; tries++) {
            Thread.sleep(100);
        }
        return List.copyOf(tasks);
    }

    /** The most processes that ran at a time. */
    int mostRunning() {
        return mostRunning.get();
    }

    private void poll() {
        while (open) {
            try {
                for (JsonNode cluster : aws.ecs("ListClusters", Map.of()).path("clusterArns")) {
                    Map<String, String> query = Map.of("cluster", cluster.asText(), "desiredStatus", "RUNNING");
                    for (JsonNode task : aws.ecs("ListTasks", query).path("taskArns")) {
                        if (seen.add(task.asText())) {
                            start(cluster.asText(), task.asText());
                        }
                    }
                }
                Thread.sleep(200);
            } catch (IOException | IllegalStateException e) {
                if (open) {
                    throw new IllegalStateException("the emulator is gone", e);
                }
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void start(String cluster, String arn) throws IOException, InterruptedException {
        JsonNode override = aws.ecs("DescribeTasks", Map.of("cluster", cluster, "tasks", List.of(arn)))
                .at("/tasks/0/overrides/containerOverrides/0");
        List<String> command = new ArrayList<>();
        override.path("command").forEach(word -> command.add(word.asText()));
        Map<String, String> variables = new HashMap<>(environment);
        override.path("environment")
                .forEach(pair -> variables.put(
                        pair.path("name").asText(), pair.path("value").asText()));
        variables.put(
                "TRUST_RUN_HOME",
                folder.resolve(arn.substring(arn.lastIndexOf('/') + 1)).toString());
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        processes.submit(() -> {
            try {
                ProgramProcess.Ended ended = carryOut(command, variables);
                tasks.add(new Task(command, ended.status(), ended.text()));
                if (ended.status() == KILLED && variables.containsKey("TASK_TOKEN")) {
                    aws.stepFunctions(
                            "SendTaskFailure",
                            Map.of(
                                    "taskToken", variables.get("TASK_TOKEN"),
                                    "error", "States.HeartbeatTimeout",
                                    "cause", "no heartbeat"));
                }
                aws.ecs("StopTask", Map.of("cluster", cluster, "task", arn));
            } catch (IOException | InterruptedException | IllegalStateException e) {
                tasks.add(new Task(command, -1, e.toString()));
            } finally {
                running.decrementAndGet();
            }
        });
    }

    private ProgramProcess.Ended carryOut(List<String> command, Map<String, String> variables)
            throws IOException, InterruptedException {
        Optional<String> kill = takeKill(command);
        kill.ifPresent(point -> variables.put("TRUST_PAUSE_AT", point));
        try (ProgramProcess process = ProgramProcess.start(folder, variables, command.toArray(String[]::new))) {
            if (kill.isPresent() && process.prints("paused at " + kill.get())) {
                process.kill();
                // Its output is closed with it.
                return new ProgramProcess.Ended(KILLED, List.of());
            }
            return process.end();
        }
    }

    private synchronized Optional<String> takeKill(List<String> command) {
        Optional<String> end = killOnce.keySet().stream()
                .filter(String.join(" ", command)::endsWith)
                .findFirst();
        return end.map(killOnce::remove);
    }

    @Override
    public void close() throws InterruptedException {
        open = false;
        poller.interrupt();
        poller.join();
        processes.shutdown();
        processes.awaitTermination(1, TimeUnit.MINUTES);
    }
}
