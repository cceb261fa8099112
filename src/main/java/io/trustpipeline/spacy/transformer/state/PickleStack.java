package io.trustpipeline.spacy.transformer.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of a pickle: a stack, marks in it, and values kept under numbers. Taking what is not there is an
 * {@link IndexOutOfBoundsException}.
 */
final class PickleStack {

    private final List<PickleValue> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, PickleValue> memo = new HashMap<>();

    void push(PickleValue value) {
        values.add(value);
    }

    PickleValue top() {
        return values.get(values.size() - 1);
    }

    PickleValue pop() {
        return values.remove(values.size() - 1);
    }

    /** The last values, in the order in which they were pushed. */
    List<PickleValue> pop(int count) {
        List<PickleValue> last = values.subList(values.size() - count, values.size());
        List<PickleValue> popped = List.copyOf(last);
        last.clear();
        return popped;
    }

    void mark() {
        marks.add(values.size());
    }

    List<PickleValue> popToMark() {
        return pop(values.size() - marks.remove(marks.size() - 1));
    }

    /** Keeps the top under a number. */
    void remember(int number) {
        memo.put(number, top());
    }

    /** Pushes what is kept under a number. */
    void recall(int number) {
        PickleValue value = memo.get(number);
        if (value == null) {
            throw new IndexOutOfBoundsException(number);
        }
        push(value);
    }
}
