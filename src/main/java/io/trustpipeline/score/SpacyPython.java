package io.trustpipeline.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Python with spaCy, which makes golden scores. Nothing but {@code models prepare --certify} ever starts it.
 *
 * @param executable such as {@code python3}
 * @param folder for what it says on its error stream
 */
record SpacyPython(String executable, Path folder) {
    private static final String SCRIPT = "certify.py";
    private static final int MINUTES = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is asked of a model. */
    record Question(Path pipeline, String output) {}

    /**
     * Asks for the scores of some texts.
     *
     * @param models by digest
     * @param golden where the answer goes
     * @throws PipelineException CONFIGURATION when there is no such Python, or its spaCy does not run one of the models
     */
    void score(List<String> texts, Map<String, Question> models, Path golden) {
        ObjectNode request = JSON.createObjectNode();
        texts.forEach(request.putArray("texts")::add);
        ObjectNode asked = request.putObject("models");
        models.forEach((digest, question) -> asked.putObject(digest)
                .put("path", question.pipeline().toAbsolutePath().toString())
                .put("output", question.output()));
        try {
            Path errors = Files.createTempFile(folder, "certify", ".err");
            try {
                run(JSON.writeValueAsBytes(request), golden, errors);
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION, "--python " + executable + ": cannot be run: " + e.getMessage(), e);
        }
    }

    private void run(byte[] request, Path answer, Path errors) throws IOException {
        Process python = new ProcessBuilder(executable, "-c", resource(SCRIPT))
                .redirectOutput(answer.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            try (OutputStream in = python.getOutputStream()) {
                in.write(request);
            } catch (IOException e) {
                // It ended without reading: its last words say why.
            }
            if (!python.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw refused("is not done after " + MINUTES + " minutes");
            }
            if (python.exitValue() != 0) {
                throw refused("no golden scores: " + lastLine(errors)
                        + "; name a Python whose spaCy runs these models, or give golden scores with --golden FILE");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException(ExitCode.STOPPED, "--certify was interrupted; start again", e);
        } finally {
            python.destroyForcibly();
        }
    }

    private PipelineException refused(String why) {
        return new PipelineException(ExitCode.CONFIGURATION, "--python " + executable + ": " + why);
    }

    private static String lastLine(Path errors) throws IOException {
        String said = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).strip();
        return said.substring(said.lastIndexOf('\n') + 1).replaceAll("\\p{Cntrl}", " ");
    }

    static String resource(String name) {
        try (InputStream in = SpacyPython.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
