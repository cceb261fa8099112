package io.trustpipeline.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages sound inputs. What it does depends on the random numbers alone. */
final class Damage {
    private static final byte[] TELLING = {0, 1, -1, 0x7f, -128, '"', '\'', '{', '[', '(', '\\', '\n', ',', ':', '%'};
    private static final int LONGEST = 1 << 18;

    private final List<byte[]> sound;
    private final List<byte[]> words;
    private final Random random;

    /** @param words pieces of the format, which are put in here and there */
    Damage(List<byte[]> sound, List<String> words, Random random) {
        this.sound = sound;
        this.words = words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.random = random;
    }

    byte[] next() {
        byte[] bytes = any(sound).clone();
        for (int change = random.nextInt(5); change >= 0; change--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length == 0) {
            return any(sound).clone();
        }
        int at = place(bytes.length);
        switch (random.nextInt(words.isEmpty() ? 8 : 10)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                return spliced(bytes, at, bytes, at + 1 + random.nextInt(Math.min(64, bytes.length - at)));
            }
            case 5 -> {
                return spliced(bytes, at, bytes, Math.max(0, at - random.nextInt(64)));
            }
            case 6 -> {
                byte[] other = any(sound);
                return other.length == 0 ? bytes : spliced(bytes, at, other, place(other.length));
            }
            case 7 ->
                Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), TELLING[random.nextInt(5)]);
            default -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(bytes, 0, at);
                byte[] word = any(words);
                // Now and then very often: what is nested or repeated is where stacks and memory end.
                int times = random.nextInt(40) == 0 ? 1 + random.nextInt(20_000) : 1;
                for (int i = 0; i < times && out.size() < LONGEST; i++) {
                    out.writeBytes(word);
                }
                out.write(bytes, at, bytes.length - at);
                return out.toByteArray();
            }
        }
        return bytes;
    }

    /** Sizes and structure stand at the ends. */
    private int place(int length) {
        int reach = Math.min(length, 256);
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(reach);
            case 1 -> length - 1 - random.nextInt(reach);
            default -> random.nextInt(length);
        };
    }

    private static byte[] spliced(byte[] head, int headEnd, byte[] tail, int tailStart) {
        int length = Math.min(LONGEST, headEnd + tail.length - tailStart);
        byte[] bytes = Arrays.copyOf(head, Math.max(headEnd, length));
        System.arraycopy(tail, tailStart, bytes, headEnd, Math.max(0, length - headEnd));
        return bytes;
    }

    private byte[] any(List<byte[]> list) {
        return list.get(random.nextInt(list.size()));
    }
}
