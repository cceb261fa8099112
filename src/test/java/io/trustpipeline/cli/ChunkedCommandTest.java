package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.chunked.VisitDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The verbs of the chunked update, as people and the state machine use them, against a real database and store. */
class ChunkedCommandTest {
    private static VisitDatabase databases;
    private static String uninterrupted;

    @TempDir
    static Path shared;

    @TempDir
    Path home;

    private final StringBuilder said = new StringBuilder();
    private String url = "";

    @BeforeAll
    static void run_once() throws Exception {
        databases = VisitDatabase.start(1_500);
        uninterrupted = UninterruptedUpdate.fingerprint(databases, shared);
    }

    @AfterAll
    static void stop() throws Exception {
        databases.close();
    }

    @Test
    void every_problem_of_a_request_is_said_at_once_before_the_database_is_asked() throws Exception {
        Path request = home.resolve("request.json");
        Files.writeString(
                request,
                "{\"run_date\": \"2025-02-30\", \"run_id\": \"../x\", \"mode\": \"fast\", \"resolve\": \"yes\", \"up_id\": 1}");
        Invocation refused = Invocation.of("run", "chunked-etl", "--input", request.toString());
        assertThat(refused.status()).isEqualTo(64);
        assertThat(refused.err().lines().toList())
                .hasSize(5)
                .anyMatch(line -> line.contains("run_date: ") && line.contains("a day as YYYY-MM-DD"))
                .anyMatch(line -> line.contains("run_id: "))
                .anyMatch(line -> line.contains("mode: ") && line.contains("auto, sequential or chunked"))
                .anyMatch(line -> line.contains("resolve: ") && line.contains("true or false"))
                .anyMatch(line -> line.contains("up_id: unknown field"));
    }

    @Test
    void tasks_that_are_given_chunk_ids_alone_do_what_one_process_does() throws Exception {
        url = databases.copy();
        Path request = home.resolve("request.json");
        Files.writeString(
                request,
                "{\"run_id\": \"r1\", \"run_date\": \"2025-09-26\", \"mode\": \"chunked\", \"email\": \"user@example.com\"}");
        assertThat(command(0, "plan", "chunked-etl", "--input", request.toString())
                        .out())
                .contains("chunk 0: ", "rows in 3 chunks, 5 at a time", "rows without a key are left alone");
        assertThat(Files.readString(objects().resolve("chunk-ids.json"))).isEqualToIgnoringWhitespace("[0,1,2]");
        assertThat(command(0, "chunk", "r1", "1").out()).contains("chunk 1: done");
        assertThat(command(0, "status", "r1", "--pipeline", "chunked-etl").out())
                .contains("pending 2 locked 0 stuck 0 done 1 failed 0", "rows/s", "s left")
                .contains("chunk 1 done: ")
                .contains("chunk 0 pending: ");
        assertThat(command(75, "check", "r1").out()).contains("result PARTIAL", "snapshot snapshot-copy.sql: ");
        String versions = VisitDatabase.fingerprint(url);
        command(0, "chunk", "r1", "1");
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(versions);
        command(0, "chunk", "r1", "0");
        command(0, "chunk", "r1", "2");
        assertThat(command(75, "chunk", "r1", "7").err()).contains("chunk 7 is missing");
        assertThat(command(0, "check", "r1").out()).contains("result OK");
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(uninterrupted);
        assertThat(home.resolve("outbox/r1-PARTIAL.eml")).content().contains("user@example.com");
        assertThat(home.resolve("outbox/r1-OK.json")).content().contains("\"chunks_done\" : 3");
        command(0, "check", "r1");
        try (Stream<Path> messages = Files.list(home.resolve("outbox"))) {
            assertThat(messages).as("nobody is told twice").hasSize(4);
        }
        assertThat(command(0, "verify", "r1", "--pipeline", "chunked-etl").out())
                .contains("is as its plan and ledger");
        saysNoSsn();
    }

    @Test
    void a_row_is_explained_by_its_chunk_whether_it_was_found_again_or_not() throws Exception {
        url = databases.copy();
        command(0, "run", "chunked-etl", "--run-id", "r1", "--run-date", "2025-09-26", "--resolve");
        String seen = VisitDatabase.lines(
                        url, "SELECT min(\"ID\") FROM conflict.conflictvisitmaps WHERE \"UpdatedDate\" IS NOT NULL")
                .get(0);
        String unseen = VisitDatabase.lines(url, "SELECT min(row_id) FROM chunked_ledger.unseen")
                .get(0);
        assertThat(command(0, "explain", seen, "--pipeline", "chunked-etl").out())
                .containsPattern("run r1, chunk \\d+: found again");
        assertThat(command(0, "explain", unseen, "--pipeline", "chunked-etl").out())
                .containsPattern("run r1, chunk \\d+: looked at and not found again");
        assertThat(command(65, "explain", "99999999", "--pipeline", "chunked-etl")
                        .err())
                .contains("was in no chunk");
        assertThat(
                        VisitDatabase.number(
                                url,
                                "SELECT count(*) FROM conflict.conflictvisitmaps m JOIN chunked_ledger.unseen u"
                                        + " ON m.\"ID\" = u.row_id::numeric WHERE m.\"StatusFlag\" NOT IN ('R', 'W', 'I', 'D')"))
                .as("unseen rows that were not resolved")
                .isZero();
        saysNoSsn();
    }

    @Test
    void a_stored_plan_that_somebody_changed_is_refused() throws Exception {
        url = databases.copy();
        command(0, "plan", "chunked-etl", "--run-id", "r1", "--run-date", "2025-09-26");
        Path plan = objects().resolve("plan.json");
        Files.writeString(plan, Files.readString(plan).replaceFirst("\"num_keys\" : (\\d)", "\"num_keys\" : 9$1"));
        assertThat(command(65, "chunk", "r1", "0").err()).contains("plan.json", "is damaged");
        assertThat(command(65, "run", "chunked-etl", "--run-id", "r1").err()).contains("plan.json", "is damaged");
    }

    @Test
    void a_chunk_that_fails_makes_the_run_partial_and_is_redriven_later() throws Exception {
        url = databases.copy();
        VisitDatabase.execute(
                url,
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF NEW.\"VisitDate\" < '2024-11-15' THEN RAISE EXCEPTION 'carer %', NEW.\"SSN\"; END IF;"
                        + " RETURN NEW; END $$; CREATE TRIGGER refuse BEFORE UPDATE ON conflict.conflictvisitmaps"
                        + " FOR EACH ROW EXECUTE FUNCTION refuse()");
        Invocation partial =
                command(75, "run", "chunked-etl", "--run-id", "r1", "--run-date", "2025-09-26", "--mode", "chunked");
        assertThat(partial.out()).contains("result PARTIAL", "chunk 0 failed after 1 tries", "SQLSTATE P0001");
        assertThat(command(65, "chunk", "r1", "0").err()).contains("chunk 0 failed", "SQLSTATE P0001");
        assertThat(home.resolve("outbox/r1-PARTIAL.json")).content().contains("SQLSTATE P0001");
        command(65, "verify", "r1", "--pipeline", "chunked-etl");
        VisitDatabase.execute(url, "DROP TRIGGER refuse ON conflict.conflictvisitmaps");
        assertThat(command(0, "redrive", "r1", "--pipeline", "chunked-etl").out())
                .contains("result OK");
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(uninterrupted);
        saysNoSsn();
    }

    @Test
    void the_state_machine_gives_tasks_commands_that_there_are_and_ids_alone() throws Exception {
        JsonNode machine = new JsonMapper()
                .readTree(Path.of(System.getProperty("project.dir", "."), "cloudformation/chunked-etl.asl.json")
                        .toFile());
        List<String> commands = machine.findValuesAsText("Command.$");
        assertThat(commands).hasSize(3);
        assertThat(commands).allSatisfy(command -> {
            String name = command.replaceAll(".*Array\\('(\\w+)'.*", "$1");
            assertThat(Invocation.of(name, "--help").status()).as(name).isZero();
        });
        JsonNode map = machine.path("States").path("Process");
        assertThat(map.path("MaxConcurrency").intValue()).isEqualTo(5);
        assertThat(map.path("ItemSelector").size()).as("run id and chunk id").isEqualTo(2);
        assertThat(map.path("ToleratedFailurePercentage").intValue()).isEqualTo(100);
    }

    private Path objects() {
        return Invocation.bucket(home).resolve("chunked_etl/runs/r1");
    }

    private Invocation command(int status, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--database", url, "--home", home.toString()));
        Invocation invocation = Invocation.of(all.toArray(String[]::new));
        said.append(invocation.out()).append(invocation.err());
        assertThat(invocation.status()).as(invocation.out() + invocation.err()).isEqualTo(status);
        return invocation;
    }

    /** Neither on the screen nor in any file of the home: logs, plan, messages. */
    private void saysNoSsn() throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                said.append(read(file));
            }
        }
        assertThat(said).contains("chunk");
        for (String ssn : VisitDatabase.lines(url, "SELECT DISTINCT btrim(\"SSN\") FROM analytics.dimcaregiver")) {
            assertThat(said).doesNotContain(ssn).doesNotContain(ssn.replace("-", ""));
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
