package io.trustpipeline.export;

import io.trustpipeline.export.UnloadOptions.Existing;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnloadStatementTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/unload";
    private static final String PREFIX =
            "s3://data-bucket/trust_scoring/raw/run_date=2026-02-03/run_id=nightly-17/batch_";

    @Test
    void the_shipped_query_gives_the_approved_statement() throws Exception {
        SqlTemplate template =
                SqlTemplate.read(Path.of(System.getProperty("project.dir", "."), "sql", "trust_source.sql"));
        String query = template.rendered(new QueryValues(LocalDate.of(2026, 2, 3), 9001, 10_000));
        assertThat(UnloadStatement.of(query, PREFIX, UnloadOptions.standard(ROLE)) + "\n")
                .isEqualTo(approved("trust_source.unload.sql"));
    }

    @Test
    void every_option_can_be_chosen() {
        assertThat(UnloadStatement.of(
                        "SELECT 1",
                        PREFIX,
                        new UnloadOptions("default", false, true, OptionalInt.of(64), Existing.CLEAN_PATH)))
                .isEqualTo("UNLOAD ($$\nSELECT 1\n$$)\nTO '" + PREFIX + "'\nIAM_ROLE default\nFORMAT PARQUET\n"
                        + "PARALLEL OFF\nMANIFEST\nMAXFILESIZE 64 MB\nCLEANPATH");
        assertThat(UnloadStatement.of(
                        "SELECT 1",
                        PREFIX,
                        new UnloadOptions(ROLE, true, false, OptionalInt.empty(), Existing.ALLOW_OVERWRITE)))
                .endsWith("PARALLEL ON\nALLOWOVERWRITE");
    }

    @Test
    void a_query_with_dollar_signs_stands_between_quotes() {
        assertThat(UnloadStatement.of("SELECT $$it's$$, 'a'", PREFIX, UnloadOptions.standard(ROLE)))
                .startsWith("UNLOAD ('\nSELECT $$it''s$$, ''a''\n')\nTO ");
    }

    @Test
    void a_query_that_no_quoting_can_hold_is_refused() {
        assertThatThrownBy(() -> UnloadStatement.of("SELECT $$\\$$", PREFIX, UnloadOptions.standard(ROLE)))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("holds both $$ and a backslash");
    }

    @Test
    void a_dollar_sign_or_comment_at_the_end_does_not_reach_the_quoting() {
        assertThat(UnloadStatement.of("SELECT a$", PREFIX, UnloadOptions.standard(ROLE)))
                .startsWith("UNLOAD ($$\nSELECT a$\n$$)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://b/x' IAM_ROLE 'evil",
                "s3://bucket/a\\",
                "s3://bucket/a b",
                "s3://bucket/",
                "s3://Bucket_x/a",
                "https://bucket/a",
                "s3://bucket/a\n",
                ""
            })
    void a_prefix_that_is_not_one_is_refused(String prefix) {
        assertThatThrownBy(() -> UnloadStatement.of("SELECT 1", prefix, UnloadOptions.standard(ROLE)))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining("unload prefix \"" + prefix + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin",
                "arn:aws:iam::123:role/x",
                "arn:aws:iam::123456789012:user/x",
                "arn:aws:iam::123456789012:role/x' MANIFEST --",
                "default, arn:aws:iam::123456789012:role/x"
            })
    void a_role_that_is_not_one_is_refused(String role) {
        assertThatThrownBy(() -> UnloadOptions.standard(role))
                .isInstanceOf(PipelineException.class)
                .hasMessageStartingWith("unload role \"" + role + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Default",
                "arn:aws-us-gov:iam::123456789012:role/team/unload",
                "arn:aws:iam::123456789012:role/a,arn:aws:iam::210987654321:role/b"
            })
    void roles_of_other_partitions_and_chains_are_taken(String role) {
        assertThat(UnloadOptions.standard(role).role()).isEqualTo(role);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 6_349})
    void a_file_size_that_redshift_does_not_take_is_refused(int megabytes) {
        assertThatThrownBy(() -> new UnloadOptions(ROLE, true, false, OptionalInt.of(megabytes), Existing.REFUSE))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("from 5 to 6348");
    }

    private static String approved(String name) throws Exception {
        try (InputStream text = UnloadStatementTest.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
