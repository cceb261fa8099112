package io.trustpipeline.transcripts.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A roster in JSON: {@code [{"name": …, "student_id": …, "external_ref": …, "aliases": […]}, "another name"]}. Only the
 * name is needed, or only the id; a pupil without an id gets the UUID of version 5 of {@code class:name}.
 */
public final class RosterFile {
    static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final int LONGEST_NAME = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private RosterFile() {}

    /** @throws PipelineException DATA_REFUSED with the entry that is wrong, by its number */
    public static Roster read(Path file, String classId) {
        try {
            return of(JSON.readTree(Files.readString(file, StandardCharsets.UTF_8)), classId);
        } catch (JsonProcessingException e) {
            throw refused("not valid JSON; right is [{\"name\": …, \"student_id\": …}, …]");
        } catch (IOException e) {
            throw new PipelineException(ExitCode.DATA_REFUSED, file + ": the roster cannot be read as UTF-8", e);
        }
    }

    /** The same from a request. */
    public static Roster of(JsonNode roster, String classId) {
        if (!roster.isArray() || roster.isEmpty()) {
            throw refused("not a list with a pupil in it; right is [{\"name\": …, \"student_id\": …}, …]");
        }
        List<Pupil> pupils = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode entry : roster) {
            Pupil pupil = pupil(entry, pupils.size() + 1, classId);
            if (!ids.add(pupil.studentId())) {
                throw refused("entry " + (pupils.size() + 1) + " is a pupil who is there already");
            }
            pupils.add(pupil);
        }
        return new Roster(pupils);
    }

    private static Pupil pupil(JsonNode entry, int number, String classId) {
        String name = entry.isTextual() ? entry.textValue() : text(entry, "name", number);
        @Nullable String id = text(entry, "student_id", number);
        if (name == null && id != null) {
            name = "";
        }
        if (name == null || name.isBlank() && id == null || name.length() > LONGEST_NAME) {
            throw refused("entry " + number + " has no name of 1 to " + LONGEST_NAME + " characters");
        }
        String studentId = id == null
                ? NameBasedId.of(classId + ":" + name.strip()).toString()
                : id.strip().toLowerCase(Locale.ROOT);
        if (!UUID.matcher(studentId).matches()) {
            throw refused(
                    "entry " + number + " has a student_id that is not a UUID; leave it out, or use external_ref");
        }
        List<String> aliases = new ArrayList<>();
        entry.path("aliases").forEach(alias -> aliases.add(alias.asText()));
        return new Pupil(studentId, name.strip(), text(entry, "external_ref", number), aliases);
    }

    private static @Nullable String text(JsonNode entry, String field, int number) {
        JsonNode value = entry.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw refused("entry " + number + ": " + field + " is not a text");
        }
        return value.textValue();
    }

    private static PipelineException refused(String why) {
        return new PipelineException(ExitCode.DATA_REFUSED, "student_roster: " + why);
    }
}
