package io.trustpipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The emulator, with every client of this JVM talking to it, and a copy of the project's templates and queries as the
 * program's installation. What the emulator does not know is taken out of the copy.
 */
final class EmulatedCloud implements AutoCloseable {
    private final AwsEmulator emulator;
    private final Path installation;
    private final Map<String, String> properties;

    private EmulatedCloud(AwsEmulator emulator, Path installation) {
        this.emulator = emulator;
        this.installation = installation;
        this.properties = Map.of(
                "aws.endpointUrl",
                emulator.endpoint().toString(),
                "aws.accessKeyId",
                "test",
                "aws.secretAccessKey",
                "test",
                "trustpipeline.installation",
                installation.toString());
        properties.forEach(System::setProperty);
    }

    static EmulatedCloud start(Path folder) throws IOException, InterruptedException {
        for (String part : new String[] {"cloudformation", "sql"}) {
            Files.createDirectories(folder.resolve(part));
            try (Stream<Path> files =
                    Files.list(SmallData.PROJECT.resolve(part)).filter(Files::isRegularFile)) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(part).resolve(file.getFileName()));
                }
            }
        }
        EmulatedCloud cloud = new EmulatedCloud(AwsEmulator.start(folder.resolve("emulator.log")), folder);
        // The one alarm over two metrics.
        cloud.change("monitoring", whole -> whole.replaceFirst("(?s)  RowsRejected:\n.*?\n\n", "")
                .replace("\"${RowsRejected.Arn}\", ", ""));
        return cloud;
    }

    AwsEmulator emulator() {
        return emulator;
    }

    Path template(String name) {
        return installation.resolve("cloudformation/" + name + ".yaml");
    }

    /** Changes the copy of a template. */
    void change(String name, UnaryOperator<String> change) throws IOException {
        String whole = Files.readString(template(name));
        String changed = change.apply(whole);
        assertThat(changed).as(name).isNotEqualTo(whole);
        Files.writeString(template(name), changed);
    }

    /** Puts something that is known in the place of resources that are not, under their names. */
    static String stubs(String... names) {
        StringBuilder stubs = new StringBuilder();
        for (String name : names) {
            stubs.append("  ").append(name).append(":\n    Type: AWS::CloudFormation::WaitConditionHandle\n");
        }
        return stubs.toString();
    }

    /** A command on an environment, that must end so. */
    Invocation run(int status, String environment, String... words) {
        String[] line = Arrays.copyOf(words, words.length + 4);
        line[words.length] = "--env";
        line[words.length + 1] = environment;
        line[words.length + 2] = "--region";
        line[words.length + 3] = AwsEmulator.REGION;
        Invocation ended = Invocation.of(line);
        assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(status);
        return ended;
    }

    @Override
    public void close() {
        properties.keySet().forEach(System::clearProperty);
        emulator.close();
    }
}
