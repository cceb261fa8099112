package io.trustpipeline.store;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** ListObjectsV2, page after page while somebody asks for more. */
final class Listing implements Iterator<ObjectEntry> {
    private final S3Client client;
    private final String name;
    private final Iterator<S3Object> objects;

    private Listing(S3Client client, String name, Iterator<S3Object> objects) {
        this.client = client;
        this.name = name;
        this.objects = objects;
    }

    static Stream<ObjectEntry> of(S3Client client, String bucket, String prefix) {
        String name = Faults.name(bucket, prefix);
        try {
            Iterator<S3Object> objects = client.listObjectsV2Paginator(
                            list -> list.bucket(bucket).prefix(prefix))
                    .contents()
                    .iterator();
            Listing listing = new Listing(client, name, objects);
            return StreamSupport.stream(
                    Spliterators.spliteratorUnknownSize(listing, Spliterator.ORDERED | Spliterator.NONNULL), false);
        } catch (SdkException failed) {
            throw Faults.of("list", client, name, failed);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            return objects.hasNext();
        } catch (SdkException failed) {
            throw Faults.of("list", client, name, failed);
        }
    }

    @Override
    public ObjectEntry next() {
        S3Object object = objects.next();
        return new ObjectEntry(object.key(), object.size(), ObjectStore.etag(object.eTag()));
    }
}
