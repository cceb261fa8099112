package io.trustpipeline.store;

import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

import static io.trustpipeline.store.StoreException.Kind.REFUSED;

/**
 * The laptop's S3 for commands that only look: the objects of {@link EmbeddedS3}'s folder without its server, whose start
 * would be most of their time. It reads beside a process that works in the home, and denies every write.
 */
public final class FolderS3 implements S3Client {
    private final BlobStore objects;

    private FolderS3(BlobStore objects) {
        this.objects = objects;
    }

    /**
     * The bucket's objects in a home.
     *
     * @throws StoreException REFUSED when the home has no such bucket
     */
    public static FolderS3 of(Path home, String bucket) {
        Path root = home.resolve("s3");
        if (!Files.isDirectory(root.resolve(bucket))) {
            throw new StoreException(REFUSED, "Nothing is stored in the folder " + home + " yet");
        }
        return new FolderS3(new FolderBlobStore(new FilesystemNio2BlobStore(root.toString())));
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        return reading(() -> {
            HeadObjectResponse head = objects.blobMetadata(request);
            return head.toBuilder()
                    .eTag(quoted(head.eTag()))
                    .lastModified(head.lastModified().truncatedTo(ChronoUnit.SECONDS))
                    .build();
        });
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
        return reading(() -> {
            ResponseInputStream<GetObjectResponse> object = objects.getBlob(request);
            GetObjectResponse head = object.response();
            return new ResponseInputStream<>(
                    head.toBuilder().eTag(quoted(head.eTag())).build(), object);
        });
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        return reading(() -> {
            ListObjectsV2Response page = objects.list(request);
            List<S3Object> contents = page.contents().stream()
                    .map(object ->
                            object.toBuilder().eTag(quoted(object.eTag())).build())
                    .toList();
            return page.toBuilder().contents(contents).build();
        });
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        throw denied();
    }

    @Override
    public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
        throw denied();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        throw denied();
    }

    /** As S3 writes it; the folder keeps the bare digest. */
    private static @Nullable String quoted(@Nullable String etag) {
        return etag == null || etag.isEmpty() || etag.startsWith("\"") ? etag : '"' + etag + '"';
    }

    private static <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (SdkException answer) {
            throw answer;
        } catch (RuntimeException failed) {
            throw new S3ProxyException(S3ErrorCode.INTERNAL_ERROR, failed.toString(), failed);
        }
    }

    private static SdkException denied() {
        return new S3ProxyException(S3ErrorCode.ACCESS_DENIED, "This command has opened the store for reading only");
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
    public void close() {
        objects.close();
    }
}
