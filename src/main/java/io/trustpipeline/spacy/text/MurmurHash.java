package io.trustpipeline.spacy.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The two of Austin Appleby's MurmurHash functions that spaCy identifies things by. All arithmetic is on unsigned 64-bit
 * numbers, whose bits a Java long holds.
 */
public final class MurmurHash {
    private static final VarHandle LITTLE_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private MurmurHash() {}

    /** MurmurHash2, 64-bit version A, of all of {@code bytes}. */
    public static long hash64a(byte[] bytes, long seed) {
        long m = 0xc6a4a7935bd1e995L;
        int r = 47;
        long h = seed ^ (bytes.length * m);
        int tail = bytes.length & ~7;
        for (int offset = 0; offset < tail; offset += Long.BYTES) {
            long k = (long) LITTLE_ENDIAN_LONG.get(bytes, offset) * m;
            k = (k ^ (k >>> r)) * m;
            h = (h ^ k) * m;
        }
        if (tail < bytes.length) {
            for (int offset = bytes.length - 1; offset >= tail; offset--) {
                h ^= (bytes[offset] & 0xFFL) << (8 * (offset - tail));
            }
            h *= m;
        }
        h = (h ^ (h >>> r)) * m;
        return h ^ (h >>> r);
    }

    /** MurmurHash2, 64-bit version A, with seed 0, of some of {@code words} in little endian: how thinc names an n-gram. */
    public static long hash64a(long[] words, int from, int count) {
        long m = 0xc6a4a7935bd1e995L;
        int r = 47;
        long h = (long) count * Long.BYTES * m;
        for (int i = from; i < from + count; i++) {
            long k = words[i] * m;
            k = (k ^ (k >>> r)) * m;
            h = (h ^ k) * m;
        }
        h = (h ^ (h >>> r)) * m;
        return h ^ (h >>> r);
    }

    /** MurmurHash3 (x86, 32 bits) of the eight bytes of a key, as thinc's SparseLinear draws its rows. */
    public static int hash32(long key, int seed) {
        int h = round32(round32(seed, (int) key), (int) (key >>> 32)) ^ Long.BYTES;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    private static int round32(int hash, int block) {
        int h = hash ^ Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
        return Integer.rotateLeft(h, 13) * 5 + 0xe6546b64;
    }

    /**
     * MurmurHash3 (x64, 128 bits) of the eight bytes of an id, as thinc's HashEmbed draws its rows.
     *
     * @param keys receives four unsigned 32-bit numbers, lowest bits first
     */
    public static void hash128(long id, int seed, int[] keys) {
        long unsignedSeed = Integer.toUnsignedLong(seed);
        long h1 = Long.rotateLeft(id * 0x87c37b91114253d5L, 31) * 0x4cf5ad432745937fL;
        h1 ^= unsignedSeed ^ Long.BYTES;
        long h2 = unsignedSeed ^ Long.BYTES;
        h1 += h2;
        h2 += h1;
        h1 = mix(h1);
        h2 = mix(h2);
        h1 += h2;
        h2 += h1;
        keys[0] = (int) h1;
        keys[1] = (int) (h1 >>> 32);
        keys[2] = (int) h2;
        keys[3] = (int) (h2 >>> 32);
    }

    private static long mix(long hash) {
        long h = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
