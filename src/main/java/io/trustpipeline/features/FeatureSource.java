package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Where rows come from: a file of this computer, or one that a web server has. */
public final class FeatureSource {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private FeatureSource() {}

    /**
     * The source as a file of this computer; a web server's is streamed to the disk.
     *
     * @param source a path, or a URL that begins with {@code http://} or {@code https://}
     * @throws PipelineException UNAVAILABLE when the server does not answer, DATA_REFUSED when it has no such file
     */
    public static Path local(String source, Path scratch) {
        return source.startsWith("http://") || source.startsWith("https://")
                ? download(source, scratch.resolve("source.parquet"))
                : Path.of(source);
    }

    private static Path download(String url, Path file) {
        try {
            HttpClient client = HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER).build();
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new PipelineException(
                            answer.statusCode() < 500 ? ExitCode.DATA_REFUSED : ExitCode.UNAVAILABLE,
                            "source: " + url + ": the server answers " + answer.statusCode() + "; right is 200");
                }
                Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
            }
            long expected = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
            if (expected >= 0 && Files.size(file) != expected) {
                throw new PipelineException(
                        ExitCode.UNAVAILABLE,
                        "source: " + url + ": " + Files.size(file) + " bytes arrived of " + expected);
            }
            return file;
        } catch (IllegalArgumentException e) {
            throw new PipelineException(ExitCode.REQUEST_REFUSED, "source: " + url + ": is no URL", e);
        } catch (IOException e) {
            throw new PipelineException(
                    ExitCode.UNAVAILABLE, "source: " + url + ": cannot be fetched (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException(ExitCode.STOPPED, "source: " + url + ": interrupted", e);
        }
    }
}
