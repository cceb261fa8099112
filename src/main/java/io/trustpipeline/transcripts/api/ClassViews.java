package io.trustpipeline.transcripts.api;

import io.trustpipeline.transcripts.publish.Audit;
import io.trustpipeline.transcripts.publish.ClassReading;
import io.trustpipeline.transcripts.publish.WeekExport;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Reads of whole classes, those of the caller alone. */
final class ClassViews {
    private final ClassReading reading;
    private final Audit audit;

    ClassViews(ClassReading reading, Audit audit) {
        this.reading = reading;
        this.audit = audit;
    }

    Answer classes(Request request) {
        return Answer.ok(ClassReading.array(reading.classes().stream()
                .filter(row -> request.caller().sees(row.get("class_id").textValue()))
                .toList()));
    }

    Answer dashboard(Request request) {
        String classId = seen(request);
        audit.add(PupilReading.actor(request.caller()), "read-dashboard", classId);
        return Answer.ok(reading.dashboard(classId));
    }

    Answer export(Request request) throws IOException {
        String classId = seen(request);
        audit.add(PupilReading.actor(request.caller()), "export-class", classId);
        StringWriter csv = new StringWriter();
        new WeekExport(reading).write(classId, LocalDate.parse(request.text("week")), csv);
        return new Answer(200, "text/csv; charset=utf-8", csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String seen(Request request) {
        String classId = request.text("class_id");
        if (!request.caller().sees(classId)) {
            throw Problem.unknown("class " + classId);
        }
        return classId;
    }
}
