package io.trustpipeline.transcripts.read;

import io.trustpipeline.table.CsvRecords;
import io.trustpipeline.table.TableException;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** CSV by RFC 4180 with a header in any case; the columns speaker and text are needed, quoted fields may hold lines. */
final class CsvReader implements TranscriptReader {
    @Override
    public void read(Path file, Utterances found) {
        try (CsvRecords records = new CsvRecords(file)) {
            List<@Nullable String> header = records.next();
            if (header == null) {
                throw Refusal.of(file, "empty; right is a header with speaker and text, and a row");
            }
            Map<String, Integer> columns = columns(file, header);
            for (List<@Nullable String> row = records.next(); row != null; row = records.next()) {
                found.add(utterance(row, Math.toIntExact(records.line()), columns, found));
            }
        } catch (TableException wrong) {
            String message = String.valueOf(wrong.getMessage());
            throw Refusal.of(
                    file,
                    message.substring(
                            message.indexOf(file.toString()) + file.toString().length() + 2));
        }
    }

    private static Map<String, Integer> columns(Path file, List<@Nullable String> header) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (name != null) {
                columns.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), i);
            }
        }
        for (String needed : List.of("speaker", "text")) {
            if (!columns.containsKey(needed)) {
                throw Refusal.of(file, 1, "no column " + needed + " in the header");
            }
        }
        return columns;
    }

    private static Utterance utterance(
            List<@Nullable String> row, int line, Map<String, Integer> columns, Utterances found) {
        String speaker = value(row, columns, "speaker");
        String text = value(row, columns, "text");
        if (speaker == null) {
            found.warn(line, "no speaker");
        }
        if (text == null) {
            found.warn(line, "no text");
        }
        return new Utterance(
                line,
                speaker == null ? Utterance.UNKNOWN : speaker,
                text == null ? "" : text,
                value(row, columns, "timestamp"),
                value(row, columns, "student_id"),
                value(row, columns, "speaker_role"),
                value(row, columns, "student_external_id"),
                null);
    }

    private static @Nullable String value(List<@Nullable String> row, Map<String, Integer> columns, String name) {
        Integer column = columns.get(name);
        String value = column == null || column >= row.size() ? null : row.get(column);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
