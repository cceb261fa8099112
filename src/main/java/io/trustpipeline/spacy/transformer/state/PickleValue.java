package io.trustpipeline.spacy.transformer.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the pickle of a state dict is made of. */
sealed interface PickleValue {

    /** None, numbers that nobody needs, and lists. */
    record Other() implements PickleValue {}

    record Text(String value) implements PickleValue {}

    record Whole(long value) implements PickleValue {}

    /** A name that a program would be imported by. Here it is compared with a few known ones, and never imported. */
    record Global(String module, String name) implements PickleValue {}

    record Tuple(List<PickleValue> items) implements PickleValue {}

    /** A dictionary, while it is being filled. Dictionaries are compared by identity: they may contain themselves. */
    final class Dict implements PickleValue {
        final Map<String, PickleValue> entries = new LinkedHashMap<>();
    }

    /** An archive entry, seen as elements of a type. */
    record Storage(ElementType type, String key) implements PickleValue {}

    /** A tensor: where in a storage its elements lie. Offset and strides count elements. */
    record View(Storage storage, long offset, List<Long> sizes, List<Long> strides) implements PickleValue {}
}
