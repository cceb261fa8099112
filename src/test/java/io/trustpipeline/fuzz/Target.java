package io.trustpipeline.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A reader of something from outside.
 *
 * @param name of what it reads
 * @param sound inputs that it reads without complaint
 * @param words pieces of the format
 * @param reader reads an input to its end; throws what it refuses it with
 */
record Target(String name, List<byte[]> sound, List<String> words, Reader reader) {
    interface Reader {
        void read(byte[] input) throws Exception;
    }

    interface Choice {
        void read(int which, byte[] input) throws Exception;
    }

    /** Several files that share a target's time: an input's first byte says which it is. */
    static Target ofSeveral(String name, List<byte[]> contents, List<String> words, Choice choice) {
        List<byte[]> sound = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            sound.add(ByteBuffer.allocate(contents.get(i).length + 1)
                    .put((byte) i)
                    .put(contents.get(i))
                    .array());
        }
        return new Target(name, sound, words, input -> {
            if (input.length > 0) {
                choice.read(Math.floorMod(input[0], contents.size()), Arrays.copyOfRange(input, 1, input.length));
            }
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
