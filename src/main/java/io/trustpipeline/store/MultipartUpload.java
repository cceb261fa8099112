package io.trustpipeline.store;

import org.apache.commons.io.input.BoundedInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sends one large file in parts, each with its SHA-256, and completes it on condition that the key is still free.
 * Whatever fails, the parts already sent are removed.
 */
final class MultipartUpload {
    /** S3's limit of parts an upload. */
    private static final int MOST_PARTS = 10_000;

    private final S3Client client;
    private final String bucket;
    private final String key;

    MultipartUpload(S3Client client, String bucket, String key) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
    }

    /** Returns the new object's ETag. */
    String send(Path file, long size, int smallestPart, Map<String, String> metadata) {
        String uploadId = client.createMultipartUpload(create -> create.bucket(bucket)
                        .key(key)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .metadata(metadata))
                .uploadId();
        try {
            List<CompletedPart> parts = sendParts(uploadId, file, size, partSize(size, smallestPart));
            return client.completeMultipartUpload(complete -> complete.bucket(bucket)
                            .key(key)
                            .uploadId(uploadId)
                            .ifNoneMatch("*")
                            .multipartUpload(sent -> sent.parts(parts)))
                    .eTag();
        } catch (RuntimeException failed) {
            abort(uploadId, failed);
            throw failed;
        }
    }

    private static long partSize(long size, int smallestPart) {
        return Math.max(smallestPart, (size + MOST_PARTS - 1) / MOST_PARTS);
    }

    private List<CompletedPart> sendParts(String uploadId, Path file, long size, long partSize) {
        List<CompletedPart> parts = new ArrayList<>();
        for (long start = 0; start < size; start += partSize) {
            int number = parts.size() + 1;
            UploadPartResponse sent = client.uploadPart(
                    part -> part.bucket(bucket)
                            .key(key)
                            .uploadId(uploadId)
                            .partNumber(number)
                            .checksumAlgorithm(ChecksumAlgorithm.SHA256),
                    range(file, start, Math.min(partSize, size - start)));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(sent.eTag())
                    .checksumSHA256(sent.checksumSHA256())
                    .build());
        }
        return parts;
    }

    /** A part of the file that a retry can read again. */
    private static RequestBody range(Path file, long start, long length) {
        return RequestBody.fromContentProvider(() -> open(file, start, length), length, "application/octet-stream");
    }

    private static InputStream open(Path file, long start, long length) {
        try {
            return BoundedInputStream.builder()
                    .setInputStream(
                            Channels.newInputStream(FileChannel.open(file).position(start)))
                    .setMaxCount(length)
                    .get();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void abort(String uploadId, RuntimeException failed) {
        try {
            client.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(uploadId));
        } catch (SdkException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }
}
