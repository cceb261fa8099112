package io.trustpipeline.fuzz;

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

    @Override
    public String toString() {
        return name;
    }
}
