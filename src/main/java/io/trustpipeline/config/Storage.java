package io.trustpipeline.config;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/**
 * The data bucket.
 *
 * @param endpoint of an S3 that is not AWS's, or null
 * @param embedded whether the bucket is served from the home folder; so unless a bucket is configured
 */
public record Storage(String bucket, @Nullable URI endpoint, String region, boolean embedded) {}
