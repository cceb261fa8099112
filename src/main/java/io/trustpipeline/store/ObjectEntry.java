package io.trustpipeline.store;

/** One object of a listing: its whole key, its size in bytes, its quoted ETag (empty where the storage has none). */
public record ObjectEntry(String key, long size, String etag) {}
