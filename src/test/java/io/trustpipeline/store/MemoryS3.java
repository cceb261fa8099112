package io.trustpipeline.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * S3 in memory, with its conditional writes: a double of the SDK's client, for tests that need millions of operations in
 * an order of their choice. {@code MemoryS3Test} holds it against the embedded S3 server. One thread at a time.
 */
public final class MemoryS3 implements S3Client {
    private static final int PAGE = 1_000;

    /** One for all, because there are millions: nobody looks at where they come from. */
    private static final NoSuchKeyException ABSENT = (NoSuchKeyException) NoSuchKeyException.builder()
            .statusCode(404)
            .awsErrorDetails(details("NoSuchKey"))
            .writableStackTrace(false)
            .build();

    private static final S3Exception REFUSED = (S3Exception) S3Exception.builder()
            .statusCode(412)
            .awsErrorDetails(details("PreconditionFailed"))
            .writableStackTrace(false)
            .build();

    private final TreeMap<String, Stored> objects;
    private final Gate gate;
    private long writes;

    /** An object. */
    private record Stored(byte[] bytes, Map<String, String> metadata, String etag) {}

    /** Passed before and after the effect of every request; may hold the caller, or throw for good. */
    @FunctionalInterface
    public interface Gate {
        Gate OPEN = () -> {};

        void pass();
    }

    public MemoryS3() {
        this(new TreeMap<>(), Gate.OPEN, 0);
    }

    private MemoryS3(TreeMap<String, Stored> objects, Gate gate, long writes) {
        this.objects = objects;
        this.gate = gate;
        this.writes = writes;
    }

    /** A bucket of its own that begins with what is here now. */
    public MemoryS3 copy(Gate through) {
        return new MemoryS3(new TreeMap<>(objects), through, writes);
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        gate.pass();
        @Nullable Stored now = objects.get(request.key());
        if (request.ifNoneMatch() != null && now != null) {
            throw REFUSED;
        }
        if (request.ifMatch() != null) {
            if (now == null) {
                throw ABSENT;
            }
            if (!now.etag().equals(request.ifMatch())) {
                throw REFUSED;
            }
        }
        try {
            byte[] bytes = body.contentStreamProvider().newStream().readAllBytes();
            String etag = "\"" + ++writes + "\"";
            objects.put(request.key(), new Stored(bytes, Map.copyOf(request.metadata()), etag));
            gate.pass();
            return PutObjectResponse.builder().eTag(etag).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        gate.pass();
        @Nullable Stored now = objects.get(request.key());
        if (now != null && request.ifMatch() != null && !now.etag().equals(request.ifMatch())) {
            throw REFUSED;
        }
        objects.remove(request.key());
        gate.pass();
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        Stored stored = stored(request.key());
        return HeadObjectResponse.builder()
                .contentLength((long) stored.bytes().length)
                .eTag(stored.etag())
                .metadata(stored.metadata())
                .lastModified(Instant.EPOCH)
                .build();
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        Stored stored = stored(request.key());
        GetObjectResponse head = GetObjectResponse.builder()
                .contentLength((long) stored.bytes().length)
                .eTag(stored.etag())
                .metadata(stored.metadata())
                .build();
        try {
            return transformer.transform(head, AbortableInputStream.create(new ByteArrayInputStream(stored.bytes())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
        return getObject(request, ResponseTransformer.toInputStream());
    }

    @Override
    public ResponseBytes<GetObjectResponse> getObjectAsBytes(GetObjectRequest request) {
        return getObject(request, ResponseTransformer.toBytes());
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        gate.pass();
        String from = request.continuationToken() == null ? request.prefix() : request.continuationToken();
        List<S3Object> page = new ArrayList<>();
        for (Map.Entry<String, Stored> each : objects.tailMap(from, true).entrySet()) {
            if (!each.getKey().startsWith(request.prefix())) {
                break;
            }
            if (page.size() == PAGE) {
                return ListObjectsV2Response.builder()
                        .contents(page)
                        .isTruncated(true)
                        .nextContinuationToken(each.getKey())
                        .build();
            }
            page.add(S3Object.builder()
                    .key(each.getKey())
                    .size((long) each.getValue().bytes().length)
                    .eTag(each.getValue().etag())
                    .build());
        }
        return ListObjectsV2Response.builder().contents(page).isTruncated(false).build();
    }

    private Stored stored(String key) {
        gate.pass();
        @Nullable Stored stored = objects.get(key);
        if (stored == null) {
            throw ABSENT;
        }
        return stored;
    }

    private static AwsErrorDetails details(String code) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(code).build();
    }

    @Override
    public S3ServiceClientConfiguration serviceClientConfiguration() {
        return S3ServiceClientConfiguration.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
