package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page from a disk in a real browser without a window, examined by axe-core. Whoever examines needs a script, so the
 * page is opened without its own policy, which allows none.
 *
 * @see <a href="https://github.com/dequelabs/axe-core">axe-core</a>
 */
record HeadlessPage(Path chromium, Path folder) {
    private static final Pattern SEEN = Pattern.compile("<pre id=\"seen\">([^<]+)</pre>");
    private static final String EXAMINE = """
            <script>
            const scripts = document.scripts.length - 2;
            axe.run(document).then(found => {
              const loaded = performance.getEntriesByType('resource').map(entry => entry.name);
              const seen = {
                dark: matchMedia('(prefers-color-scheme: dark)').matches,
                width: innerWidth,
                contentWidth: document.documentElement.scrollWidth,
                scripts: scripts,
                loaded: loaded.filter(name => !name.endsWith('axe.min.js')),
                violations: found.violations.map(each => each.id + ': ' + each.nodes.map(node => node.html).join(' '))
              };
              parent.document.getElementById('seen').textContent = encodeURIComponent(JSON.stringify(seen));
            });
            </script>
            """;

    /** The program, if this machine has it; Debian's package chromium brings it. */
    static Optional<Path> browser() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What the browser and axe-core say of the page. */
    JsonNode examine(Path page, int width, boolean dark) throws Exception {
        String html = Files.readString(page)
                .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
                .replace("</body>", "<script src=\"axe.min.js\"></script>" + EXAMINE + "</body>");
        // In a frame, because a window cannot be as narrow as a telephone.
        Files.writeString(folder.resolve("page.html"), """
                <!DOCTYPE html><html lang="en" style="color-scheme: light dark"><meta charset="utf-8"><title>frame</title><body>
                <pre id="seen"></pre><iframe title="page" width="%d" height="900" style="border: 0" srcdoc="%s"></iframe>
                """.formatted(
                        width, html.replace("&", "&amp;").replace("\"", "&quot;")));
        Files.write(folder.resolve("axe.min.js"), axe());
        Path output = folder.resolve("dom.html");
        Process process = new ProcessBuilder(List.of(
                        chromium.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--window-size=1600,1200",
                        "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                        "--virtual-time-budget=60000",
                        "--dump-dom",
                        folder.resolve("page.html").toUri().toString()))
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("chromium.log").toFile())
                .start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    "Chromium does not end: " + Files.readString(folder.resolve("chromium.log")));
        }
        Matcher seen = SEEN.matcher(Files.readString(output));
        if (!seen.find()) {
            throw new IllegalStateException(
                    "axe-core said nothing: " + Files.readString(folder.resolve("chromium.log")));
        }
        return new JsonMapper().readTree(URLDecoder.decode(seen.group(1), StandardCharsets.UTF_8));
    }

    private static byte[] axe() throws IOException {
        try (InputStream properties =
                HeadlessPage.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
            Properties pom = new Properties();
            pom.load(Objects.requireNonNull(properties, "axe-core is a test dependency"));
            String resource = "/META-INF/resources/webjars/axe-core/" + pom.getProperty("version") + "/axe.min.js";
            try (InputStream script = HeadlessPage.class.getResourceAsStream(resource)) {
                return Objects.requireNonNull(script, resource).readAllBytes();
            }
        }
    }
}
