package io.trustpipeline.run;

import java.nio.file.Path;

/** A finished local file and the key it is to have in the store. */
public record LocalObject(String key, Path file) {}
