package io.trustpipeline.export;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A message of PostgreSQL's protocol, version 3 (PostgreSQL documentation, "Message Formats").
 *
 * @param type the message's letter; 0 for the start-up message, which has none
 */
@SuppressWarnings("ArrayRecordComponent")
record WireMessage(int type, byte[] body) {

    static WireMessage read(DataInputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            throw new EOFException();
        }
        return new WireMessage(type, in.readNBytes(in.readInt() - 4));
    }

    static WireMessage startUp(int version, byte[] parameters) {
        return new WireMessage(
                0,
                ByteBuffer.allocate(4 + parameters.length)
                        .putInt(version)
                        .put(parameters)
                        .array());
    }

    /** The name-value pairs of a start-up message, without some names. */
    static byte[] without(byte[] parameters, List<String> names) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        for (int at = 0; parameters[at] != 0; ) {
            int value = end(parameters, at) + 1;
            int next = end(parameters, value) + 1;
            if (!names.contains(new String(parameters, at, value - 1 - at, UTF_8))) {
                kept.write(parameters, at, next - at);
            }
            at = next;
        }
        kept.write(0);
        return kept.toByteArray();
    }

    int firstInteger() {
        return firstInteger(body);
    }

    static int firstInteger(byte[] body) {
        return ByteBuffer.wrap(body).getInt();
    }

    /** The statement of a Query or Parse message. */
    String sql() {
        int start = sqlStart();
        return new String(body, start, end(body, start) - start, UTF_8);
    }

    /** The same message with another statement. */
    WireMessage withSql(String sql) {
        int start = sqlStart();
        int end = end(body, start);
        byte[] text = sql.getBytes(UTF_8);
        return new WireMessage(
                type,
                ByteBuffer.allocate(body.length - (end - start) + text.length)
                        .put(body, 0, start)
                        .put(text)
                        .put(body, end, body.length - end)
                        .array());
    }

    /** Parse names the prepared statement first. */
    private int sqlStart() {
        return type == 'P' ? end(body, 0) + 1 : 0;
    }

    private static int end(byte[] bytes, int start) {
        int end = start;
        while (bytes[end] != 0) {
            end++;
        }
        return end;
    }

    void writeTo(DataOutputStream out) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(5 + body.length);
        if (type != 0) {
            message.put((byte) type);
        }
        message.putInt(body.length + 4).put(body);
        out.write(message.array(), 0, message.position());
        out.flush();
    }
}
