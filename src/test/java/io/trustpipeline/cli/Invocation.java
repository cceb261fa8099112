package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One command line, executed in this JVM, and what it printed. */
record Invocation(int status, String out, String err) {

    static synchronized Invocation of(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            int status = TrustPipeline.execute(arguments);
            return new Invocation(
                    status, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    static JsonNode manifest(Path home, String runId) throws IOException {
        return new JsonMapper()
                .readTree(bucket(home)
                        .resolve("trust_scoring/runs/" + runId + "/manifest.json")
                        .toFile());
    }

    static Path bucket(Path home) {
        return home.resolve("s3/trust-pipeline");
    }

    static Path scored(Path home, String runId) {
        return bucket(home).resolve("trust_scoring/scored/run_id=" + runId + "/part.parquet");
    }
}
