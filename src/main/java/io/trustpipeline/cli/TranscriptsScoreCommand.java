package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.transcripts.read.Format;
import io.trustpipeline.transcripts.read.Transcript;
import io.trustpipeline.transcripts.score.Assessor;
import io.trustpipeline.transcripts.score.PupilScores;
import io.trustpipeline.transcripts.score.SkillScorer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** {@code transcripts score}: the skills of the pupils of one transcript, without jobs, store or database. */
@Command(
        name = "score",
        description = "Scores the pupils of one transcript. A file in, a file out.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TranscriptsScoreCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "a transcript, as for normalise")
    private Path in = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "scores and evidence, as JSON")
    private Path out = Path.of("");

    @Option(names = "--model", paramLabel = "DIR", description = "a SpanCat model instead of the cue lists")
    private @Nullable Path model;

    @Mixin
    private RosterOption roster = new RosterOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        Settings settings =
                place.settings(model == null ? Map.of() : Map.of("trust.transcripts.model", model.toString()));
        Transcript transcript = Transcript.read(in, Format.ofName(in.toString()), roster.read());
        transcript.requirePupils();
        try (SkillScorer scorer = SkillScorers.of(settings.transcripts())) {
            Assessor assessor = new Assessor(scorer);
            List<PupilScores> students = transcript.figures().studentIds().stream()
                    .map(student -> assessor.assess(student, transcript.utterances()))
                    .toList();
            Map<String, Object> result = new TreeMap<>();
            result.put("analysis_mode", scorer.analysisMode());
            result.put("model_version", scorer.modelVersion());
            result.put("students", students);
            WrittenFile.write(out, JSON.writeValueAsBytes(result));
            console.line("%d pupils scored by %s, in %s".formatted(students.size(), scorer.modelVersion(), out));
        }
        return ExitCode.DONE.status();
    }
}
