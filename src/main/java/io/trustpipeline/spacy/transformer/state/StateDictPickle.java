package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.transformer.state.PickleValue.Dict;
import io.trustpipeline.spacy.transformer.state.PickleValue.Global;
import io.trustpipeline.spacy.transformer.state.PickleValue.Other;
import io.trustpipeline.spacy.transformer.state.PickleValue.Storage;
import io.trustpipeline.spacy.transformer.state.PickleValue.Text;
import io.trustpipeline.spacy.transformer.state.PickleValue.Tuple;
import io.trustpipeline.spacy.transformer.state.PickleValue.View;
import io.trustpipeline.spacy.transformer.state.PickleValue.Whole;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the pickle of a PyTorch state dict. A pickle is a program that may call anything; this reader knows the few
 * instructions by which {@code torch.save} writes a dictionary of tensors, builds those, and refuses every other by its
 * name. Nothing in a pickle can make it do more, and it keeps at most one value for each byte it reads.
 *
 * <p>Format: CPython's {@code pickletools.py}, protocol 2; PyTorch's {@code torch/serialization.py}.
 */
final class StateDictPickle {

    /** The pickle of a large encoder, of 400 tensors, takes some 60 kB. */
    private static final int MAX_BYTES = 8 << 20;

    private static final int MAX_NAME = 256;

    private static final Global ORDERED_DICT = new Global("collections", "OrderedDict");
    private static final Global REBUILD_TENSOR = new Global("torch._utils", "_rebuild_tensor_v2");
    private static final Global REBUILD_PARAMETER = new Global("torch._utils", "_rebuild_parameter");

    private static final Other OTHER = new Other();

    private final ByteBuffer in;
    private final String source;
    private final PickleStack stack = new PickleStack();

    private StateDictPickle(ByteBuffer pickle, String source) {
        this.in = pickle.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.source = source;
    }

    /**
     * The tensors of a state dict by name. Entries that are no tensors are left out.
     *
     * @throws ModelException when the pickle is damaged or asks for anything else than a dictionary of tensors
     */
    static Map<String, View> read(ByteBuffer pickle, String source) {
        if (pickle.remaining() > MAX_BYTES) {
            throw ModelException.unsupported(
                    source, "a pickle of " + pickle.remaining() + " bytes; a state dict takes less than " + MAX_BYTES);
        }
        StateDictPickle reader = new StateDictPickle(pickle, source);
        try {
            return reader.tensors();
        } catch (BufferUnderflowException | IndexOutOfBoundsException early) {
            throw reader.corrupt("ends too early");
        }
    }

    private Map<String, View> tensors() {
        if (!(run() instanceof Dict dict)) {
            throw corrupt("is not a dictionary");
        }
        Map<String, View> tensors = new LinkedHashMap<>();
        dict.entries.forEach((name, value) -> {
            if (value instanceof View view) {
                tensors.put(name, view);
            }
        });
        return tensors;
    }

    /** Carries out the instructions, under the names that pickletools gives them, up to STOP. */
    private PickleValue run() {
        for (int opcode = uint8(); opcode != '.'; opcode = uint8()) {
            switch (opcode) {
                case 0x80 -> uint8(); // PROTO
                case '(' -> stack.mark(); // MARK
                case 'c' -> stack.push(global()); // GLOBAL
                case 'q' -> stack.remember(uint8()); // BINPUT
                case 'r' -> stack.remember(in.getInt()); // LONG_BINPUT
                case 'h' -> stack.recall(uint8()); // BINGET
                case 'j' -> stack.recall(in.getInt()); // LONG_BINGET
                case ')' -> stack.push(new Tuple(List.of())); // EMPTY_TUPLE
                case 't' -> stack.push(new Tuple(stack.popToMark())); // TUPLE
                case 0x85 -> stack.push(new Tuple(stack.pop(1))); // TUPLE1
                case 0x86 -> stack.push(new Tuple(stack.pop(2))); // TUPLE2
                case 0x87 -> stack.push(new Tuple(stack.pop(3))); // TUPLE3
                case '}' -> stack.push(new Dict()); // EMPTY_DICT
                case ']', 'N', 0x88, 0x89 -> stack.push(OTHER); // EMPTY_LIST, NONE, NEWTRUE, NEWFALSE
                case 'a' -> stack.pop(); // APPEND
                case 'e' -> stack.popToMark(); // APPENDS
                case 'X' -> stack.push(text(in.getInt())); // BINUNICODE
                case 0x8c -> stack.push(text(uint8())); // SHORT_BINUNICODE
                case 'J' -> stack.push(new Whole(in.getInt())); // BININT
                case 'K' -> stack.push(new Whole(uint8())); // BININT1
                case 'M' -> stack.push(new Whole(Short.toUnsignedInt(in.getShort()))); // BININT2
                case 0x8a -> stack.push(new Whole(integer())); // LONG1
                case 'G' -> skipFloat(); // BINFLOAT
                case 'Q' -> stack.push(storage()); // BINPERSID
                case 'R' -> stack.push(call()); // REDUCE
                case 's' -> set(stack.pop(2)); // SETITEM
                case 'u' -> set(stack.popToMark()); // SETITEMS
                case 'b' -> build(); // BUILD
                default ->
                    throw ModelException.unsupported(
                            source,
                            "its pickle has the instruction 0x" + Integer.toHexString(opcode)
                                    + ", which no dictionary of tensors needs");
            }
        }
        return stack.pop();
    }

    private void skipFloat() {
        in.getDouble();
        stack.push(OTHER);
    }

    private Global global() {
        Global global = new Global(line(), line());
        boolean known = global.equals(ORDERED_DICT)
                || global.equals(REBUILD_TENSOR)
                || global.equals(REBUILD_PARAMETER)
                || elementType(global).isPresent();
        if (!known) {
            throw ModelException.unsupported(
                    source, "its pickle asks for " + global.module() + "." + global.name() + ", which is no tensor");
        }
        return global;
    }

    private static Optional<ElementType> elementType(Global global) {
        return global.module().equals("torch") ? ElementType.of(global.name()) : Optional.empty();
    }

    /** {@code ("storage", class, key, location, number of elements)}: which archive entry, and what is in it. */
    private Storage storage() {
        if (stack.pop() instanceof Tuple id
                && id.items().size() == 5
                && id.items().get(0).equals(new Text("storage"))
                && id.items().get(1) instanceof Global type
                && id.items().get(2) instanceof Text key) {
            return new Storage(
                    elementType(type).orElseThrow(() -> corrupt("names " + type.name() + " as a storage")),
                    key.value());
        }
        throw corrupt("refers to something outside that is no storage");
    }

    private PickleValue call() {
        PickleValue arguments = stack.pop();
        PickleValue function = stack.pop();
        if (arguments instanceof Tuple tuple) {
            List<PickleValue> items = tuple.items();
            if (function.equals(ORDERED_DICT) && items.isEmpty()) {
                return new Dict();
            }
            if (function.equals(REBUILD_TENSOR) && items.size() >= 4) {
                return view(items);
            }
            if (function.equals(REBUILD_PARAMETER) && !items.isEmpty() && items.get(0) instanceof View view) {
                return view;
            }
        }
        throw corrupt("calls something with arguments that no state dict has");
    }

    private View view(List<PickleValue> arguments) {
        if (arguments.get(0) instanceof Storage storage
                && arguments.get(1) instanceof Whole offset
                && arguments.get(2) instanceof Tuple sizes
                && arguments.get(3) instanceof Tuple strides) {
            return new View(storage, offset.value(), numbers(sizes), numbers(strides));
        }
        throw corrupt("builds a tensor of something that is no storage");
    }

    private List<Long> numbers(Tuple tuple) {
        List<Long> numbers = new ArrayList<>();
        for (PickleValue item : tuple.items()) {
            if (!(item instanceof Whole number)) {
                throw corrupt("has a tensor whose shape is not made of numbers");
            }
            numbers.add(number.value());
        }
        return numbers;
    }

    private void set(List<PickleValue> keysAndValues) {
        if (!(stack.top() instanceof Dict dict) || keysAndValues.size() % 2 != 0) {
            throw corrupt("fills something that is no dictionary");
        }
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            // Keys of other types occur only in the metadata, which nobody needs.
            if (keysAndValues.get(i) instanceof Text key) {
                dict.entries.put(key.value(), keysAndValues.get(i + 1));
            }
        }
    }

    /** The metadata of a dictionary. */
    private void build() {
        stack.pop();
        if (!(stack.top() instanceof Dict)) {
            throw corrupt("sets the state of something that is no dictionary");
        }
    }

    private long integer() {
        int length = uint8();
        if (length > Long.BYTES) {
            throw corrupt("has a number of " + length + " bytes");
        }
        long value = 0;
        for (int shift = 0; shift < length * Byte.SIZE; shift += Byte.SIZE) {
            value |= (long) uint8() << shift;
        }
        int unused = Long.SIZE - length * Byte.SIZE;
        return length == 0 ? 0 : value << unused >> unused;
    }

    private Text text(int length) {
        if (length < 0 || length > in.remaining()) {
            throw corrupt("has a text of " + Integer.toUnsignedString(length) + " bytes");
        }
        ByteBuffer utf8 = in.slice(in.position(), length);
        in.position(in.position() + length);
        return new Text(StandardCharsets.UTF_8.decode(utf8).toString());
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (int letter = uint8(); letter != '\n'; letter = uint8()) {
            if (line.length() == MAX_NAME) {
                throw corrupt("has a name of more than " + MAX_NAME + " bytes");
            }
            line.append((char) letter);
        }
        return line.toString();
    }

    private int uint8() {
        return Byte.toUnsignedInt(in.get());
    }

    private ModelException corrupt(String what) {
        return ModelException.corrupt(source, "its pickle " + what + " (byte " + in.position() + ")");
    }
}
