package io.trustpipeline.transcripts.read;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which speakers are which pupils. A speaker is a pupil by id, by the school's number, by the whole name, by an alias,
 * or by a first name that only one pupil has; case and blanks do not count. Teachers are nobody's pupils.
 */
public final class Roster {
    /** A class without a list: only ids in the transcript itself name pupils. */
    public static final Roster EMPTY = new Roster(List.of());

    private static final Pattern TEACHER =
            Pattern.compile("\\b(teacher|educator|instructor|prof|professor)s?\\b", Pattern.CASE_INSENSITIVE);

    private final List<Pupil> pupils;
    private final Map<String, Pupil> byId = new HashMap<>();
    private final Map<String, Pupil> byReference = new HashMap<>();
    private final Map<String, Pupil> byName = new HashMap<>();

    public Roster(List<Pupil> pupils) {
        this.pupils = List.copyOf(pupils);
        Map<String, Pupil> firstNames = new HashMap<>();
        Set<String> shared = new HashSet<>();
        for (Pupil pupil : pupils) {
            byId.put(pupil.studentId(), pupil);
            if (pupil.externalRef() != null) {
                byReference.put(key(pupil.externalRef()), pupil);
            }
            String first = key(pupil.name()).split(" ", 2)[0];
            if (!first.isEmpty() && firstNames.putIfAbsent(first, pupil) != null) {
                shared.add(first);
            }
        }
        firstNames.keySet().removeAll(shared);
        byName.putAll(firstNames);
        pupils.forEach(pupil -> pupil.aliases().forEach(alias -> byName.put(key(alias), pupil)));
        pupils.stream().filter(pupil -> !pupil.name().isBlank()).forEach(pupil -> byName.put(key(pupil.name()), pupil));
    }

    public List<Pupil> pupils() {
        return pupils;
    }

    public Optional<Pupil> pupil(String studentId) {
        return Optional.ofNullable(byId.get(studentId));
    }

    /** The pupil's id; null for teachers and for speakers that the roster does not know. */
    @Nullable
    String studentId(Utterance utterance) {
        if (isTeacher(utterance)) {
            return null;
        }
        @Nullable Pupil known = byIds(utterance);
        if (known == null) {
            known = byName.get(key(utterance.speaker()));
        }
        if (known != null) {
            return known.studentId();
        }
        return pupils.isEmpty() ? ownId(utterance) : null;
    }

    private @Nullable Pupil byIds(Utterance utterance) {
        @Nullable String id = utterance.studentId();
        @Nullable String external = utterance.studentExternalId();
        @Nullable Pupil known = id == null ? null : byId.get(id.strip().toLowerCase(Locale.ROOT));
        if (known == null && id != null) {
            known = byReference.get(key(id));
        }
        return known == null && external != null ? byReference.get(key(external)) : known;
    }

    private static @Nullable String ownId(Utterance utterance) {
        String id = String.valueOf(utterance.studentId()).strip().toLowerCase(Locale.ROOT);
        return RosterFile.UUID.matcher(id).matches() ? id : null;
    }

    static boolean isTeacher(Utterance utterance) {
        @Nullable String role = utterance.speakerRole();
        return TEACHER.matcher(utterance.speaker()).find()
                || role != null && TEACHER.matcher(role).find();
    }

    static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }
}
