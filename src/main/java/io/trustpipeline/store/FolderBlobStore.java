package io.trustpipeline.store;

import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * S3Proxy's folder of objects, with what S3 promises and it does not: unfinished files are never listed, If-Match is
 * decided and acted upon in one step, and a full disk is answered as such.
 */
final class FolderBlobStore extends ForwardingBlobStore {
    /** What S3Proxy itself writes when a multipart upload begins. */
    private static final String UPLOAD_STUB = ".s3proxy-mpu-stub-";

    private final Object matching = new Object();

    FolderBlobStore(BlobStore folder) {
        super(folder);
    }

    /** A page may come out shorter than asked for, as S3's may. */
    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response page = super.list(request);
        List<S3Object> whole = page.contents().stream()
                .filter(object -> !FolderSweep.isUnfinished(object.key()))
                .toList();
        return page.toBuilder().contents(whole).keyCount(whole.size()).build();
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        refuseUnfinishedName(request.key());
        if (request.ifMatch() == null) {
            return writing(() -> super.putBlob(request, payload));
        }
        synchronized (matching) {
            @Nullable HeadObjectResponse current = blobMetadataIfPresent(request.bucket(), request.key());
            if (current == null || !bare(current.eTag()).equals(bare(request.ifMatch()))) {
                throw new S3ProxyException(S3ErrorCode.PRECONDITION_FAILED);
            }
            return writing(() -> super.putBlob(request, payload));
        }
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        refuseUnfinishedName(request.destinationKey());
        return writing(() -> super.copyBlob(request));
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        refuseUnfinishedName(request.key());
        return writing(() -> super.initiateMultipartUpload(request));
    }

    @Override
    public UploadPartResponse uploadMultipartPart(MultipartUpload upload, UploadPartRequest request, InputStream part) {
        return writing(() -> super.uploadMultipartPart(upload, request, part));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return writing(() -> super.completeMultipartUpload(upload, request));
    }

    private static void refuseUnfinishedName(String key) {
        if (FolderSweep.isUnfinished(key) && !key.startsWith(UPLOAD_STUB)) {
            throw new S3ProxyException(
                    S3ErrorCode.INVALID_ARGUMENT,
                    "A key that ends in '-' and a random UUID is reserved for unfinished files");
        }
    }

    private static String bare(@Nullable String etag) {
        return Objects.requireNonNullElse(etag, "").replace("\"", "");
    }

    private static <T> T writing(Supplier<T> write) {
        try {
            return write.get();
        } catch (AwsServiceException answer) {
            throw answer;
        } catch (RuntimeException failed) {
            String reason = failed.getCause() == null
                    ? ""
                    : String.valueOf(failed.getCause().getMessage());
            // As Linux and macOS, and as Windows, put it.
            if (reason.contains("No space left on device") || reason.contains("not enough space on the disk")) {
                throw diskFull(failed);
            }
            throw failed;
        }
    }

    /** Not 500 or 503, which the client would try again at once. */
    private static AwsServiceException diskFull(RuntimeException cause) {
        AwsErrorDetails details = AwsErrorDetails.builder()
                .errorCode("InsufficientStorage")
                .errorMessage("No space left on the disk of the local object store")
                .build();
        return S3Exception.builder()
                .statusCode(507)
                .awsErrorDetails(details)
                .cause(cause)
                .build();
    }
}
