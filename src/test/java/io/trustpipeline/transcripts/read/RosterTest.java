package io.trustpipeline.transcripts.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.run.PipelineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Speakers become pupils by every way that is promised, and by no other. */
class RosterTest {
    private static final String ANA = "3f6a0b52-77c5-4c6e-9d53-0d9a3c5f1a01";
    private static final Roster ROSTER = roster("""
            [{"name": "Ana López", "student_id": "%s", "external_ref": "S-1", "aliases": ["Annie"]},
             {"name": "Ben Osei", "external_ref": "S-2"}, {"name": "Ben Adams"}, "Prof Junior"]""".formatted(ANA));

    @ParameterizedTest
    @CsvSource({
        "Ana López",
        "ana  lópez",
        "ANA LÓPEZ",
        "'Ana Lo\u0301pez'",
        "Ana",
        "annie",
    })
    void a_pupil_is_known_by_name_first_name_and_alias(String speaker) {
        assertThat(ROSTER.studentId(said(speaker))).isEqualTo(ANA);
    }

    @Test
    void a_pupil_may_be_known_by_the_id_alone() {
        Roster roster = roster("[{\"student_id\": \"%s\"}]".formatted(ANA));
        assertThat(roster.pupil(ANA)).isPresent();
        Utterance said = new Utterance(1, "", "hello", null, null, null, null, null);
        assertThat(roster.studentId(said))
                .as("nobody's words are not the nameless one's")
                .isNull();
        assertThat(roster.studentId(said.of(ANA))).isEqualTo(ANA);
    }

    @Test
    void a_first_name_of_two_pupils_is_nobodys() {
        assertThat(ROSTER.studentId(said("Ben"))).isNull();
        assertThat(ROSTER.studentId(said("Ben Osei"))).isNotNull();
        assertThat(ROSTER.studentId(said("Visitor"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"Teacher", "Ms. Reed (teacher)", "PROF. Lee", "Educator 2", "Prof Junior"})
    void a_teacher_is_never_a_pupil(String speaker) {
        assertThat(ROSTER.studentId(said(speaker))).isNull();
    }

    @Test
    void the_files_own_ids_and_roles_count() {
        assertThat(ROSTER.studentId(new Utterance(1, "x", "", null, ANA.toUpperCase(), null, null, null)))
                .isEqualTo(ANA);
        assertThat(ROSTER.studentId(new Utterance(1, "x", "", null, null, null, "s-1", null)))
                .isEqualTo(ANA);
        assertThat(ROSTER.studentId(new Utterance(1, "Ana", "", null, ANA, "Teacher", null, null)))
                .isNull();
        assertThat(Roster.EMPTY.studentId(new Utterance(1, "x", "", null, ANA, null, null, null)))
                .as("without a roster, the ids of the file are all there is")
                .isEqualTo(ANA);
    }

    @Test
    void a_pupil_without_an_id_gets_pythons_uuid5_of_class_and_name() {
        // python3 -c "import uuid; print(uuid.uuid5(uuid.NAMESPACE_DNS, 'class-101:Ana'))"
        assertThat(NameBasedId.of("class-101:Ana")).hasToString("b978c570-064d-5c5c-a43d-2d5c5db88651");
        assertThat(NameBasedId.of("python.org")).hasToString("886313e1-3b8a-5372-9b90-0c9aee199e5d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|not a list with a pupil in it",
                "{}|not a list with a pupil in it",
                "[{\"student_id\": \"x\"}]|entry 1 has a student_id that is not a UUID",
                "[{\"external_ref\": \"x\"}]|entry 1 has no name",
                "[\"Ana\", {\"name\": \"Ben\", \"student_id\": \"S-2\"}]|entry 2 has a student_id that is not a UUID",
                "[\"Ana\", \"Ana\"]|entry 2 is a pupil who is there already",
                "[{\"name\": 7}]|entry 1: name is not a text",
            })
    void a_roster_that_is_wrong_is_refused_by_its_entry(String json, String message) {
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> roster(json))
                .withMessageContaining(message);
    }

    private static Utterance said(String speaker) {
        return Utterance.of(1, speaker, "hi", null, 0);
    }

    private static Roster roster(String json) {
        try {
            return RosterFile.of(new JsonMapper().readTree(json), "class-101");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
