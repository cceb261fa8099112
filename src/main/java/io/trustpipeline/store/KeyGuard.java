package io.trustpipeline.store;

import java.nio.charset.StandardCharsets;

import static io.trustpipeline.store.StoreException.Kind.REFUSED;

/** Lets through only keys that stay below one prefix, in every reading of them: as S3 keys, as paths, as URLs. */
final class KeyGuard {
    /** S3's limit, in UTF-8 bytes. */
    private static final int LONGEST = 1024;

    private final String bucket;
    private final String prefix;

    /** @param prefix ends with a slash, or is empty for the whole bucket */
    KeyGuard(String bucket, String prefix) {
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("A prefix ends with a slash: " + prefix);
        }
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Returns the key, or refuses to write it. */
    String writable(String key) {
        if (!key.startsWith(prefix)) {
            throw refused(key, "only keys below " + prefix + " may be written");
        }
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw refused(key, "a key has at most " + LONGEST + " bytes");
        }
        for (String segment : key.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw refused(key, "a key has no empty, '.' or '..' part");
            }
        }
        key.codePoints().forEach(codePoint -> {
            if (!allowed(codePoint)) {
                throw refused(key, "a key has no control character, backslash or broken surrogate");
            }
        });
        return key;
    }

    private static boolean allowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> codePoint != '\\';
        };
    }

    private StoreException refused(String key, String rule) {
        return new StoreException(REFUSED, "Refused to write " + Faults.name(bucket, printable(key)) + ": " + rule);
    }

    private static String printable(String key) {
        String shown = key.length() > 200 ? key.substring(0, 200) + "…" : key;
        return shown.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
    }
}
