package io.trustpipeline;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.util.List;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The rooms and the directions in which they may know each other. */
@AnalyzeClasses(packages = "io.trustpipeline", importOptions = DoNotIncludeTests.class)
class RoomsTest {
    private static final List<String> ROOMS = List.of(
            "chunked",
            "cli",
            "cloud",
            "config",
            "credits",
            "deploy",
            "doctor",
            "export",
            "features",
            "notify",
            "ops",
            "report",
            "run",
            "score",
            "spacy",
            "store",
            "table",
            "transcripts",
            "trigger");

    /** A room that may know these others, and no more. */
    private static ArchRule room(String name, String... others) {
        List<String> known = List.of(others);
        String[] unknown = ROOMS.stream()
                .filter(room -> !room.equals(name) && !known.contains(room))
                .map(RoomsTest::inside)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(inside(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(unknown);
    }

    private static String inside(String room) {
        return "io.trustpipeline." + room + "..";
    }

    @ArchTest
    static final ArchRule the_engine_knows_the_jdk_djl_and_its_codecs_alone = classes()
            .that()
            .resideInAPackage("io.trustpipeline.spacy..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.trustpipeline.spacy..",
                    "java..",
                    "jdk.incubator.vector..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "org.msgpack..",
                    "com.fasterxml.jackson..",
                    "com.github.benmanes.caffeine..",
                    "ai.djl..");

    @ArchTest
    static final ArchRule djl_stays_at_the_engines_door = noClasses()
            .that()
            .resideInAPackage("io.trustpipeline.spacy..")
            .and()
            .resideOutsideOfPackage("io.trustpipeline.spacy.djl..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule tables_know_no_other_room = room("table");

    @ArchTest
    static final ArchRule the_store_knows_no_other_room = room("store");

    @ArchTest
    static final ArchRule runs_know_tables_and_the_store_alone = room("run", "table", "store");

    @ArchTest
    static final ArchRule exports_know_runs_tables_and_the_store_alone = room("export", "run", "table", "store");

    @ArchTest
    static final ArchRule messages_know_runs_alone = room("notify", "run");

    @ArchTest
    static final ArchRule reports_know_runs_tables_and_the_store_alone = room("report", "run", "table", "store");

    @ArchTest
    static final ArchRule deployments_know_exit_codes_and_the_store_alone = room("deploy", "run", "store");

    @ArchTest
    static final ArchRule doctors_know_exit_codes_alone = room("doctor", "run");

    @ArchTest
    static final ArchRule chunked_updates_know_runs_and_messages_alone = room("chunked", "run", "notify");

    @ArchTest
    static final ArchRule tasks_know_runs_alone = room("cloud", "run");

    @ArchTest
    static final ArchRule features_know_runs_messages_tables_and_the_store_alone =
            room("features", "run", "notify", "table", "store");

    @ArchTest
    static final ArchRule transcripts_know_runs_tables_the_store_and_the_engine_alone =
            room("transcripts", "run", "table", "store", "spacy");

    @ArchTest
    static final ArchRule credits_know_runs_and_the_store_alone = room("credits", "run", "store");

    @ArchTest
    static final ArchRule amounts_know_exit_codes_alone = noClasses()
            .that()
            .resideInAPackage("io.trustpipeline.credits.calculate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.trustpipeline.credits.sql..",
                    "io.trustpipeline.credits.warehouse..",
                    "io.trustpipeline.credits.looker..",
                    "io.trustpipeline.credits.slack..",
                    "io.trustpipeline.credits.jobs..",
                    "io.trustpipeline.credits.fakes..");

    @ArchTest
    static final ArchRule triggers_know_runs_and_the_store_alone = room("trigger", "run", "store");

    @ArchTest
    static final ArchRule settings_know_the_exit_codes_of_runs_alone = room("config", "run");

    @ArchTest
    static final ArchRule scoring_meets_the_engine_through_djl = noClasses()
            .that()
            .resideInAPackage("io.trustpipeline.score..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.trustpipeline.spacy.config..",
                    "io.trustpipeline.spacy.nn..",
                    "io.trustpipeline.spacy.spancat..",
                    "io.trustpipeline.spacy.text..",
                    "io.trustpipeline.spacy.textcat..",
                    "io.trustpipeline.spacy.tok2vec..",
                    "io.trustpipeline.spacy.transformer..");

    @ArchTest
    static final ArchRule only_the_entrance_and_operations_know_camel_main = noClasses()
            .that()
            .resideOutsideOfPackages("io.trustpipeline.cli..", "io.trustpipeline.ops..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel.main..");

    @ArchTest
    static final ArchRule rooms_do_not_go_in_circles =
            slices().matching("io.trustpipeline.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule names_say_what_a_class_is = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");
}
