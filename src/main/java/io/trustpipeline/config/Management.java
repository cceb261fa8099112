package io.trustpipeline.config;

/**
 * Where health and metrics are served.
 *
 * @param host a loopback address
 * @param port 0 for any free one
 */
public record Management(String host, int port) {}
