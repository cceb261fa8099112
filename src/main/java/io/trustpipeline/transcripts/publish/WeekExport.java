package io.trustpipeline.transcripts.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.table.SpreadsheetText;

import java.io.IOException;
import java.io.Writer;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A class's week as CSV (RFC 4180, with a byte order mark, which spreadsheets need to see UTF-8). Texts are
 * {@link SpreadsheetText}.
 */
public final class WeekExport {
    private static final List<String> HEADER = List.of(
            "name",
            "external_ref",
            "student_id",
            "assessed_on",
            "model_version",
            "empathy",
            "adaptability",
            "collaboration",
            "communication",
            "self_regulation",
            "confidence_empathy",
            "confidence_adaptability",
            "confidence_collaboration",
            "confidence_communication",
            "confidence_self_regulation",
            "utterance_count",
            "words_spoken",
            "evidence");

    private final ClassReading reading;

    public WeekExport(ClassReading reading) {
        this.reading = reading;
    }

    /** @param day any of the week. @return rows written */
    public int write(String classId, LocalDate day, Writer out) throws IOException {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        List<ObjectNode> rows = reading.week(classId, monday);
        out.write('\ufeff' + String.join(",", HEADER) + "\r\n");
        for (ObjectNode row : rows) {
            StringBuilder line = new StringBuilder();
            Iterator<Map.Entry<String, JsonNode>> fields = row.fields();
            while (fields.hasNext()) {
                JsonNode value = fields.next().getValue();
                line.append(line.isEmpty() ? "" : ",").append(field(value));
            }
            out.write(line + "\r\n");
        }
        out.flush();
        return rows.size();
    }

    private static String field(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isNumber() ? value.decimalValue().toPlainString() : quoted(value.asText());
    }

    /** Safe in a spreadsheet, whatever a pupil's name or words begin with. */
    static String quoted(String text) {
        return '"' + SpreadsheetText.of(text).replace("\"", "\"\"") + '"';
    }
}
