package io.trustpipeline.doctor;

import io.trustpipeline.run.ExitCode;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Whether places answer from here, by opening a connection to each; nothing is sent.
 *
 * @param places by the name that people know; a URI with host and port, or https
 */
public record ReachCheck(Map<String, URI> places, Duration patience) implements Check {
    private static final List<String> SERVICES = List.of(
            "cloudformation",
            "ecs",
            "iam",
            "logs",
            "s3",
            "secretsmanager",
            "servicequotas",
            "sns",
            "ssm",
            "states",
            "sts");

    /**
     * The services that deploying and running need.
     *
     * @param endpoint the one place of all services where it is not AWS itself
     */
    public static ReachCheck ofAws(String region, Optional<URI> endpoint) {
        Map<String, URI> places = new TreeMap<>();
        if (endpoint.isPresent()) {
            return new ReachCheck(Map.of("AWS", endpoint.get()), Duration.ofSeconds(5));
        }
        for (String service : SERVICES) {
            // IAM is one for the whole world.
            String host = service.equals("iam") ? "iam.amazonaws.com" : service + "." + region + ".amazonaws.com";
            places.put(service, URI.create("https://" + host));
        }
        return new ReachCheck(places, Duration.ofSeconds(5));
    }

    @Override
    public List<Finding> examine() {
        List<CompletableFuture<Finding>> findings = places.entrySet().stream()
                .map(place -> CompletableFuture.supplyAsync(() -> reach(place.getKey(), place.getValue())))
                .toList();
        return findings.stream().map(CompletableFuture::join).toList();
    }

    private Finding reach(String name, URI place) {
        int port = place.getPort() < 0 ? 443 : place.getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(place.getHost(), port), (int) patience.toMillis());
            return new Finding.Good("reach " + name, place.getHost() + ":" + port);
        } catch (IOException e) {
            return new Finding.Bad(
                    "reach " + name,
                    place.getHost() + ":" + port + " does not answer (" + e.getMessage() + ")",
                    "look at the network, proxy, region and endpoints of the VPC",
                    ExitCode.UNAVAILABLE);
        }
    }
}
