package io.trustpipeline.chunked;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Another table, another key, fewer statements: nothing in the room knows about visits. */
class SecondDeclarationTest {
    @Test
    void a_declaration_without_snapshot_marks_or_checks_updates_its_table() throws Exception {
        try (VisitDatabase databases = VisitDatabase.start(1)) {
            String url = databases.copy();
            VisitDatabase.execute(
                    url,
                    "CREATE TABLE stock AS SELECT i AS id, i % 97 AS shelf, i AS cost,"
                            + " CASE WHEN i % 2 = 0 THEN i * 2 END AS price FROM generate_series(1, 3000) AS i");
            ChunkedRun run = VisitDatabase.run(url, DeclarationReader.read("stock.yaml", VisitDatabase::resource));
            ChunkedReport report = VisitDatabase.complete(run, "stock-1", ChunkedRequest.Mode.CHUNKED);
            assertThat(report.result()).isEqualTo(ChunkedReport.Result.OK);
            assertThat(report.status().done()).isGreaterThan(20);
            assertThat(report.status().updated()).isEqualTo(1_500);
            assertThat(VisitDatabase.number(url, "SELECT count(*) FROM stock WHERE price IS DISTINCT FROM cost * 2"))
                    .isZero();
        }
    }

    @Test
    void a_declaration_that_lacks_something_is_refused_by_name() {
        assertThatThrownBy(() -> DeclarationReader.read("wrong.yaml", name -> "name: wrong\ntable: t\n"))
                .isInstanceOfSatisfying(PipelineException.class, refused -> {
                    assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
                    assertThat(refused).hasMessageContaining("wrong.yaml").hasMessageContaining("key");
                });
    }

    @Test
    void a_declaration_with_a_field_that_has_no_value_is_refused_by_name() {
        String stock = VisitDatabase.resource("stock.yaml");
        for (String yaml : List.of(
                stock.replaceFirst("(?m)^update:.*", "update:"),
                stock.replaceFirst("(?m)^update:", "prepare: [ ~ ]\nupdate:"),
                "null")) {
            assertThatThrownBy(() -> DeclarationReader.read(
                            "wrong.yaml", name -> name.equals("wrong.yaml") ? yaml : VisitDatabase.resource(name)))
                    .isInstanceOfSatisfying(PipelineException.class, refused -> assertThat(refused.exitCode())
                            .isEqualTo(ExitCode.CONFIGURATION))
                    .hasMessageMatching(
                            "wrong.yaml: .*(update: has no value|entry of a list: has no value|is empty).*");
        }
    }
}
