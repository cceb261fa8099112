package io.trustpipeline.chunked;

/** One SQL statement and the file it came from, which is how messages name it. */
public record SqlFile(String name, String sql) {}
