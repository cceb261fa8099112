package io.trustpipeline.spacy.transformer;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Myers' difference algorithm in linear space (Myers 1986, "An O(ND) difference algorithm and its variations", section
 * 4b), with the choices among equally short edit scripts that the Rust crate {@code seqdiff} makes.
 */
final class MyersDiff {

    private static final int LEAST = Integer.MIN_VALUE / 2;
    private static final int GREATEST = Integer.MAX_VALUE / 2;

    private final int[] x;
    private final int[] y;

    /** The furthest reaching paths from the start and from the end, by diagonal {@code x - y}. */
    private final int[] forward;

    private final int[] backward;

    MyersDiff(int[] x, int[] y) {
        this.x = x.clone();
        this.y = y.clone();
        this.forward = new int[x.length + y.length + 1];
        this.backward = new int[x.length + y.length + 1];
        Arrays.fill(forward, LEAST);
        Arrays.fill(backward, GREATEST);
    }

    /** A rectangle of the edit graph. */
    private record Box(int left, int right, int top, int bottom) {}

    private record Point(int x, int y) {}

    /** For each element of {@code x} the element of {@code y} that it is matched with, or -1. */
    int[] matches() {
        int[] matches = new int[x.length];
        Arrays.fill(matches, -1);
        Deque<Box> boxes = new ArrayDeque<>();
        boxes.push(new Box(0, x.length, 0, y.length));
        while (!boxes.isEmpty()) {
            Box box = matchEnds(boxes.pop(), matches);
            if (box.left < box.right && box.top < box.bottom) {
                Point middle = middle(box);
                boxes.push(new Box(middle.x, box.right, middle.y, box.bottom));
                boxes.push(new Box(box.left, middle.x, box.top, middle.y));
            }
        }
        return matches;
    }

    /** Matches what is equal at both ends of a box; returns what is between. */
    private Box matchEnds(Box box, int[] matches) {
        int left = box.left;
        int right = box.right;
        int top = box.top;
        int bottom = box.bottom;
        while (left < right && top < bottom && x[left] == y[top]) {
            matches[left++] = top++;
        }
        while (left < right && top < bottom && x[right - 1] == y[bottom - 1]) {
            matches[--right] = --bottom;
        }
        return new Box(left, right, top, bottom);
    }

    private int get(int[] reach, int diagonal, int absent) {
        int index = diagonal + y.length;
        return index < 0 || index >= reach.length ? absent : reach[index];
    }

    private void put(int[] reach, int diagonal, int value) {
        int index = diagonal + y.length;
        if (index >= 0 && index < reach.length) {
            reach[index] = value;
        }
    }

    /** Where paths from both corners of a box meet. */
    private Point middle(Box box) {
        int least = box.left - box.bottom;
        int greatest = box.right - box.top;
        int startDiagonal = box.left - box.top;
        int endDiagonal = box.right - box.bottom;
        boolean odd = ((startDiagonal - endDiagonal) & 1) != 0;
        put(forward, startDiagonal, box.left);
        put(backward, endDiagonal, box.right);
        int forwardLow = startDiagonal;
        int forwardHigh = startDiagonal;
        int backwardLow = endDiagonal;
        int backwardHigh = endDiagonal;
        while (true) {
            if (forwardLow > least) {
                put(forward, --forwardLow - 1, LEAST);
            } else {
                forwardLow++;
            }
            if (forwardHigh < greatest) {
                put(forward, ++forwardHigh + 1, LEAST);
            } else {
                forwardHigh--;
            }
            for (int k = forwardHigh; k >= forwardLow; k -= 2) {
                int reached = Math.max(get(forward, k - 1, LEAST) + 1, get(forward, k + 1, LEAST));
                if (!within(box, reached, k)) {
                    continue;
                }
                int end = reached;
                while (end < box.right && end - k < box.bottom && x[end] == y[end - k]) {
                    end++;
                }
                put(forward, k, end);
                if (odd && backwardLow <= k && k <= backwardHigh && get(backward, k, GREATEST) <= end) {
                    return new Point(reached, reached - k);
                }
            }
            if (backwardLow > least) {
                put(backward, --backwardLow - 1, GREATEST);
            } else {
                backwardLow++;
            }
            if (backwardHigh < greatest) {
                put(backward, ++backwardHigh + 1, GREATEST);
            } else {
                backwardHigh--;
            }
            for (int k = backwardHigh; k >= backwardLow; k -= 2) {
                int reached = Math.min(get(backward, k - 1, GREATEST), get(backward, k + 1, GREATEST) - 1);
                if (!within(box, reached, k)) {
                    continue;
                }
                int end = reached;
                while (end > box.left && end - k > box.top && x[end - 1] == y[end - k - 1]) {
                    end--;
                }
                put(backward, k, end);
                if (!odd && forwardLow <= k && k <= forwardHigh && get(forward, k, LEAST) >= end) {
                    return new Point(reached, reached - k);
                }
            }
        }
    }

    private static boolean within(Box box, int reached, int diagonal) {
        long other = (long) reached - diagonal;
        return box.left <= reached && reached <= box.right && box.top <= other && other <= box.bottom;
    }
}
