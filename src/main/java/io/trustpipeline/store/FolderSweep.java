package io.trustpipeline.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * Puts a bucket's folder in order before it is served. A killed server leaves the file that it was writing, named as
 * the object with a random UUID behind, and the parts of multipart uploads; they go. A file that came here by other
 * means (a copy of the home, an analyst's own) has no ETag yet and gets one.
 */
final class FolderSweep extends SimpleFileVisitor<Path> {
    /** How the server names a file until it is whole. */
    private static final Pattern UNFINISHED =
            Pattern.compile(".*-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    /** How the server names parts, and folders of parts, directly below the bucket. */
    private static final String PARTS = ".mpus-";

    /** Where the server keeps the ETag: the 16 bytes of the content's MD5. */
    private static final String ETAG = "user.content-md5";

    private final Path bucket;

    private FolderSweep(Path bucket) {
        this.bucket = bucket;
    }

    /** Nothing else may use the folder meanwhile. */
    static void of(Path bucket) throws IOException {
        Files.walkFileTree(bucket, new FolderSweep(bucket));
    }

    /** Whether a file or key bears the name of one that the server has not finished writing. */
    static boolean isUnfinished(String name) {
        return UNFINISHED.matcher(name).matches();
    }

    /** Whether ETags can be kept in this folder at all. */
    static boolean possibleIn(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, ".probe", null);
        try {
            writeEtag(attributes(probe), new byte[16]);
            return true;
        } catch (IOException | UnsupportedOperationException noAttributes) {
            return false;
        } finally {
            Files.delete(probe);
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes basic) throws IOException {
        if (isUnfinished(file.getFileName().toString()) || isPart(file)) {
            Files.delete(file);
        } else if (basic.isRegularFile()) {
            UserDefinedFileAttributeView attributes = attributes(file);
            if (!attributes.list().contains(ETAG)) {
                writeEtag(attributes, md5(file));
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) throws IOException {
        if (isPart(folder)) {
            Files.delete(folder);
        }
        return super.postVisitDirectory(folder, failed);
    }

    private boolean isPart(Path path) {
        Path below = bucket.relativize(path);
        return below.getName(0).toString().startsWith(PARTS);
    }

    private static UserDefinedFileAttributeView attributes(Path file) {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        if (view == null) {
            throw new UnsupportedOperationException("no extended attributes: " + file);
        }
        return view;
    }

    private static void writeEtag(UserDefinedFileAttributeView attributes, byte[] md5) throws IOException {
        attributes.write(ETAG, ByteBuffer.wrap(md5));
    }

    private static byte[] md5(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                md5.update(buffer, 0, read);
            }
            return md5.digest();
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has MD5", absent);
        }
    }
}
