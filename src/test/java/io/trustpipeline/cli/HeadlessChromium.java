package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Chromium without a window, driven by its own DevTools protocol; keys arrive as if somebody pressed them. */
final class HeadlessChromium implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LISTENING = "DevTools listening on ws://";

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger calls;
    private final Map<Integer, CompletableFuture<JsonNode>> answers;

    private HeadlessChromium(
            Process process, WebSocket socket, AtomicInteger calls, Map<Integer, CompletableFuture<JsonNode>> answers) {
        this.process = process;
        this.socket = socket;
        this.calls = calls;
        this.answers = answers;
    }

    /** The program, if this machine has it; Debian's package chromium brings it. */
    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static HeadlessChromium open(Path program, Path profile, String page) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        page))
                .redirectErrorStream(true)
                .start();
        int port = port(process);
        HttpClient client = HttpClient.newHttpClient();
        String target = "";
        for (int i = 0; i < 100 && target.isEmpty(); i++) {
            JsonNode targets = JSON.readTree(client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
            for (JsonNode each : targets) {
                if (each.get("url").textValue().startsWith(page)) {
                    target = each.get("webSocketDebuggerUrl").textValue();
                }
            }
            Thread.sleep(50);
        }
        Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(target), new Answers(answers))
                .get(10, TimeUnit.SECONDS);
        return new HeadlessChromium(process, socket, new AtomicInteger(), answers);
    }

    private static int port(Process process) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            int at = line.indexOf(LISTENING);
            if (at >= 0) {
                String address = line.substring(at + LISTENING.length());
                return Integer.parseInt(address.substring(address.indexOf(':') + 1, address.indexOf('/')));
            }
        }
        throw new IOException("Chromium ended before it listened");
    }

    /** Collects the parts of messages, and gives each to whoever asked. */
    private static final class Answers implements WebSocket.Listener {
        private final Map<Integer, CompletableFuture<JsonNode>> waiting;
        private final StringBuilder message = new StringBuilder();

        Answers(Map<Integer, CompletableFuture<JsonNode>> waiting) {
            this.waiting = waiting;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                try {
                    JsonNode answer = JSON.readTree(message.toString());
                    CompletableFuture<JsonNode> asked =
                            waiting.remove(answer.path("id").asInt(-1));
                    if (asked != null) {
                        asked.complete(answer);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    private JsonNode call(String method, ObjectNode parameters) throws Exception {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        socket.sendText(message.toString(), true).get(10, TimeUnit.SECONDS);
        return answer.get(20, TimeUnit.SECONDS).path("result");
    }

    /** The value of an expression in the page, as text. */
    String value(String expression) throws Exception {
        return call("Runtime.evaluate", JSON.createObjectNode().put("expression", "String(" + expression + ")"))
                .path("result")
                .path("value")
                .asText();
    }

    void until(String expression) throws Exception {
        for (int i = 0; i < 300; i++) {
            if (value(expression).equals("true")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("never true: " + expression + "; the page says " + value("document.body.innerText"));
    }

    /** Text as a keyboard or an input method brings it. */
    void type(String text) throws Exception {
        call("Input.insertText", JSON.createObjectNode().put("text", text));
    }

    void tab() throws Exception {
        press("Tab", 9, "");
    }

    void enter() throws Exception {
        press("Enter", 13, "\r");
    }

    private void press(String key, int code, String text) throws Exception {
        ObjectNode event = JSON.createObjectNode()
                .put("type", text.isEmpty() ? "rawKeyDown" : "keyDown")
                .put("key", key)
                .put("code", key)
                .put("windowsVirtualKeyCode", code);
        if (!text.isEmpty()) {
            event.put("text", text);
        }
        call("Input.dispatchKeyEvent", event);
        call("Input.dispatchKeyEvent", event.deepCopy().put("type", "keyUp"));
    }

    /** Presses Tab until an element has the focus. */
    void tabTo(String selector) throws Exception {
        for (int i = 0; i < 40; i++) {
            if (value("document.activeElement.matches('" + selector + "')").equals("true")) {
                return;
            }
            tab();
        }
        throw new AssertionError("no key leads to " + selector);
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
