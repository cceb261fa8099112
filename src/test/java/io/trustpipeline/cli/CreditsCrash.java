package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A poll of a channel with five messages: one that is answered, and one for each other end that a message can come to. */
record CreditsCrash(Path folder, AtomicInteger subjects) implements CrashSubject.Pipeline {
    private static final String TS = "\\d{10}\\.\\d{6}";
    private static final String MOMENT = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z";
    private static final String DAY = "/\\d{4}-\\d\\d-\\d\\d/";

    static CreditsCrash over(Path folder) {
        return new CreditsCrash(folder, new AtomicInteger());
    }

    @Override
    public String name() {
        return "credits";
    }

    @Override
    public List<String> killPoints() {
        return List.of(
                "AFTER_CREDIT_RECEIVED",
                "AFTER_CREDIT_POLL",
                "AFTER_CREDIT_COMPUTING",
                "AFTER_CREDIT_QUERIES",
                "AFTER_CREDIT_RESULT",
                "AFTER_CREDIT_COMPUTED",
                "AFTER_CREDIT_REPLY",
                "AFTER_CREDIT_POSTED",
                "AFTER_CREDIT_AUDIT",
                "AFTER_CREDIT_DONE",
                "AFTER_CREDIT_REMINDER",
                "AFTER_CREDIT_AWAITING_LINK",
                "AFTER_CREDIT_HELD",
                "AFTER_CREDIT_SKIPPED",
                "AFTER_CREDIT_FAILED",
                "AFTER_CREDIT_TOLD");
    }

    @Override
    public CrashSubject fresh() throws Exception {
        Path place = Files.createDirectories(folder.resolve("place-" + subjects.incrementAndGet()));
        CreditsWorld world = CreditsWorld.in(place);
        world.looker.put("8", CreditsWorld.look() + "\n-- the same again");
        world.looker.put("9", "DELETE FROM public.billable_items");
        world.looker.put("10", CreditsWorld.look().replace("%Authy%", "%Programmable%"));
        Map<String, String> messages = new LinkedHashMap<>();
        messages.put(world.write("please " + CreditsWorld.LINK), "answered");
        messages.put(world.write("a credit request"), "without a link");
        messages.put(world.write("two " + CreditsWorld.LINK + " <https://example.looker.com/looks/8>"), "large");
        messages.put(world.write("<https://example.looker.com/looks/9>"), "refused");
        messages.put(world.write("<https://example.looker.com/looks/10>"), "of another product");
        return new Subject(place, world, messages);
    }

    /** What was said to whom, and what stands in the store; nothing in it depends on time or chance. */
    record Ended(Map<String, List<String>> replies, List<String> told, Map<String, String> objects) {}

    private record Subject(Path place, CreditsWorld world, Map<String, String> messages) implements CrashSubject {
        @Override
        public ProgramProcess start(Map<String, String> environment) throws IOException {
            Map<String, String> all = world.environment();
            all.putAll(environment);
            return ProgramProcess.start(
                    place, all, "run", "credits", "--home", world.home().toString());
        }

        @Override
        public Ended finalState() throws IOException {
            Map<String, List<String>> replies = new TreeMap<>();
            messages.forEach((ts, name) -> replies.put(name, world.slack.replies(ts)));
            Map<String, String> names = names();
            List<String> told = world.slack.directMessages().stream()
                    .map(text -> named(text, names))
                    .sorted()
                    .toList();
            Map<String, String> objects = new TreeMap<>();
            for (Path file : world.files("")) {
                String key = file.toString();
                if (!key.contains("/state/")) {
                    objects.put(named(key, names).replaceFirst(DAY, "/DAY/"), named(Files.readString(file), names));
                }
            }
            return new Ended(replies, told, objects);
        }

        /** What chance or time made, with what stands for it. */
        private Map<String, String> names() throws IOException {
            Map<String, String> names = new LinkedHashMap<>();
            names.put(place.toString(), "PLACE");
            for (Map.Entry<String, String> message : messages.entrySet()) {
                names.put(message.getKey(), message.getValue());
                JsonNode execution = world.state(message.getKey()).path("execution_id");
                if (execution.isTextual()) {
                    names.put(execution.asText(), "execution of " + message.getValue());
                }
            }
            return names;
        }

        private static String named(String text, Map<String, String> names) {
            String result = text;
            for (Map.Entry<String, String> each : names.entrySet()) {
                result = result.replace(each.getKey(), each.getValue());
            }
            return result.replaceAll(TS, "TS").replaceAll(MOMENT, "MOMENT");
        }

        @Override
        public void close() throws IOException {
            world.close();
            Folders.delete(place);
        }
    }
}
