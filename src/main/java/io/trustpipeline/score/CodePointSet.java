package io.trustpipeline.score;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Objects;

/** A set of Unicode code points, read from a resource of hexadecimal ranges ({@code 1F600-1F64F}), one a line. */
final class CodePointSet {
    private final BitSet points = new BitSet();

    private CodePointSet() {}

    static CodePointSet read(String resource) {
        CodePointSet set = new CodePointSet();
        InputStream stream = Objects.requireNonNull(CodePointSet.class.getResourceAsStream(resource), resource);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(set::addRange);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
        return set;
    }

    private void addRange(String line) {
        int dash = line.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? line : line.substring(0, dash), 16);
        int last = Integer.parseInt(line.substring(dash + 1), 16);
        points.set(first, last + 1);
    }

    boolean contains(int codePoint) {
        return points.get(codePoint);
    }
}
