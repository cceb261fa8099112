package io.trustpipeline.fuzz;

import io.trustpipeline.chunked.DeclarationReader;
import io.trustpipeline.config.SecretReferences;
import io.trustpipeline.config.Settings;
import io.trustpipeline.config.Sources;
import io.trustpipeline.export.SqlTemplate;
import io.trustpipeline.run.Records;
import io.trustpipeline.run.RequestReader;
import io.trustpipeline.score.ArchiveLimits;
import io.trustpipeline.score.ModelCache;
import io.trustpipeline.score.ModelCatalogue;
import io.trustpipeline.spacy.TestModels;
import io.trustpipeline.spacy.config.Config;
import io.trustpipeline.spacy.config.Msgpack;
import io.trustpipeline.spacy.config.Npy;
import io.trustpipeline.spacy.config.Section;
import io.trustpipeline.spacy.nn.ThincModel;
import io.trustpipeline.spacy.regex.PythonPattern;
import io.trustpipeline.spacy.regex.StepBudget;
import io.trustpipeline.spacy.text.Tokenizer;
import io.trustpipeline.spacy.text.Vocab;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.ParquetRows;
import io.trustpipeline.table.RecordBatch;
import io.trustpipeline.table.TableConverter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Everything that reads bytes from outside. */
final class Targets {
    private static final Path PROJECT = Path.of(System.getProperty("project.dir", "."));
    private static final Path RESOURCES = PROJECT.resolve("src/test/resources/spacy");
    private static final List<String> JSON = List.of(
            "[", "{\"a\":", "\"", "null", "-1", "1e999", "true", ",", "\\ud800", "{}", "[]", "99999999999999999999");

    private static final String TEXT = "aaaaaaaaaaaaaaaaaaaaaaaa foo.bar 123";

    private final Path folder;
    private final Path model;
    private final List<Target> targets = new ArrayList<>();

    private Targets(Path folder) {
        this.folder = folder;
        this.model = TestModels.unpack(RESOURCES.resolve("models/x-vectors.tar.gz"), folder.resolve("model"));
    }

    static List<Target> in(Path folder) throws Exception {
        Targets all = new Targets(folder);
        all.modelFiles();
        all.modelFolders();
        all.tables();
        all.texts();
        all.targets.addAll(
                new TransformerTargets(RESOURCES, Files.createDirectories(folder.resolve("transformers"))).all());
        all.targets.addAll(new ServiceTargets(PROJECT, folder).all());
        return all.targets;
    }

    private void modelFiles() throws IOException {
        byte[] tokenizer = Files.readAllBytes(model.resolve("tokenizer"));
        byte[] weights = Files.readAllBytes(model.resolve("spancat/model"));
        add(
                "msgpack",
                List.of(tokenizer, weights, new byte[] {(byte) 0x81, (byte) 0xa1, 'a', 1}),
                List.of(),
                input -> Msgpack.decode(input, "model"));
        add("thinc model", List.of(weights), List.of(), input -> ThincModel.read(input, "model"));
        Path npy = folder.resolve("array.npy");
        add(
                "npy",
                List.of(Files.readAllBytes(model.resolve("vocab/vectors"))),
                List.of("(", "9", "'shape': ", "<f4"),
                input -> Npy.read(Files.write(npy, input)));
        Path config = folder.resolve("config.cfg");
        List<String> words =
                List.of("[a.b]\n", "${a.b:c}", "${", "a = ", "\n", "[", "*", "@layers = ", "\"", "{\"a\":");
        add("config", List.of(Files.readAllBytes(model.resolve("config.cfg"))), words, input -> {
            Config read = Config.read(Files.write(config, input));
            for (String section : read.sections()) {
                read.section(section).keys();
            }
        });
        Path meta = folder.resolve("meta.json");
        add("meta.json", List.of(Files.readAllBytes(model.resolve("meta.json"))), JSON, input -> Section.readJson(
                        Files.write(meta, input))
                .text("name", ""));
        Path place = TestModels.unpack(RESOURCES.resolve("models/x-norms.tar.gz"), folder.resolve("tokenizer"));
        add(
                "tokenizer file",
                List.of(Files.readAllBytes(place.resolve("tokenizer"))),
                List.of("(a*)*", "(?=", "{999}", "["),
                input -> {
                    Files.write(place.resolve("tokenizer"), input);
                    Tokenizer.read(place, Vocab.read(place)).tokenize("Don't  worry: they're (very) kind!\n");
                });
        Path vocab = TestModels.unpack(RESOURCES.resolve("models/x-norms.tar.gz"), folder.resolve("vocab"));
        add("lookups", List.of(Files.readAllBytes(vocab.resolve("vocab/lookups.bin"))), List.of(), input -> {
            Files.write(vocab.resolve("vocab/lookups.bin"), input);
            Vocab.read(vocab).lexeme("don't");
        });
    }

    private void modelFolders() throws IOException {
        Path archive = folder.resolve("model.tar.gz");
        ModelCache cache = new ModelCache(folder.resolve("cache"), new ArchiveLimits(1 << 22, 1 << 22, 50, 100));
        byte[] packed = Files.readAllBytes(RESOURCES.resolve("models/x-narrow.tar.gz"));
        add("archive", List.of(packed), List.of("../"), input -> cache.unpacked(Files.write(archive, input)));
        byte[] tar = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        Path beside = Files.createDirectories(folder.resolve("tar"));
        ModelCache apart = new ModelCache(beside.resolve("cache"), new ArchiveLimits(1 << 22, 1 << 22, 50, 100));
        add("tar in an archive", List.of(tar), List.of("../", "/", "ustar\u0000", "0000777\u0000"), input -> {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(beside.resolve("model.tar.gz")))) {
                out.write(input);
            }
            try {
                apart.unpacked(beside.resolve("model.tar.gz"));
            } finally {
                requireOnly(beside, "cache", "model.tar.gz");
            }
        });
        Path catalogue = Files.createDirectories(folder.resolve("catalogue"));
        List<String> names = List.of("models.json", "thresholds.json", "recommend.json", "exclude_strings.txt");
        List<byte[]> files = List.of(
                bytes("{\"Respect\": {\"path\": \"a.tar.gz\"}, \"Kind\": {\"bucket\": \"b\", \"key\": \"k\"}}"),
                bytes("{\"Respect\": 0.5, \"Kind\": {\"A\": 0.4, \"*\": 0.6}}"),
                bytes("{\"path\": \"a.tar.gz\"}"),
                bytes("the\nÄh\n😀\n"));
        Files.write(catalogue.resolve("a.tar.gz"), new byte[0]);
        addAll("catalogue", files, (file, input) -> {
            for (int i = 0; i < names.size(); i++) {
                Files.write(catalogue.resolve(names.get(i)), i == file ? input : files.get(i));
            }
            ModelCatalogue.read(catalogue).requireSound();
        });
    }

    /** Nothing has escaped from an archive. */
    private static void requireOnly(Path folder, String... names) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            List<String> found =
                    inside.map(file -> file.getFileName().toString()).toList();
            if (!Set.of(names).containsAll(found)) {
                throw new IllegalStateException("beside the cache there are " + found);
            }
        }
    }

    private void tables() throws Exception {
        Path sound = folder.resolve("sound.parquet");
        try (DuckDb database = DuckDb.inMemory(DuckDb.Limits.standard(folder.resolve("spill")))) {
            database.execute(
                    "COPY (SELECT 'k' || i AS comment_unique_key, 7168 AS up_id, DATE '2025-01-01' AS posted_date,"
                            + " 'Very kind ' || i AS cleaned_comment, [i, 2] AS list FROM range(50) t(i)) TO "
                            + DuckDb.literal(sound.toString()) + " (FORMAT parquet)");
        }
        Path parquet = folder.resolve("damaged.parquet");
        add("parquet", List.of(Files.readAllBytes(sound)), List.of("PAR1"), input -> {
            try (ParquetRows rows = ParquetRows.open(Files.write(parquet, input), 1024)) {
                for (RecordBatch batch : rows) {
                    batch.rows().forEach(Object::toString);
                }
            }
        });
        add(
                "csv",
                List.of(bytes("comment_unique_key,cleaned_comment\nk1,\"Kind, \"\"very\"\" 😀\"\nk2,\n")),
                List.of("\"", ",", "\r\n", "\"\"", "\n", "\u0000", "\ufeff"),
                input -> convert("damaged.csv", input));
        add(
                "json lines",
                List.of(bytes("{\"comment_unique_key\":\"k1\",\"cleaned_comment\":\"Kind\",\"n\":1.5,\"l\":[{}]}\n")),
                JSON,
                input -> convert("damaged.jsonl", input));
    }

    private void convert(String name, byte[] input) throws IOException {
        Path table = Files.write(folder.resolve(name), input);
        Path target = folder.resolve(name + ".parquet");
        Files.deleteIfExists(target);
        new TableConverter(DuckDb.Limits.standard(folder.resolve(name + "-spill"))).asParquet(table, target);
    }

    private void texts() throws IOException {
        RequestReader trust = new RequestReader("trust");
        String request =
                "{\"run_date\":\"2025-09-26\",\"run_id\":\"manual-001\",\"email\":\"user@example.com\",\"up_id\":7168}";
        RequestReader chunked = new RequestReader("chunked-etl");
        List<byte[]> requests = List.of(
                bytes(request),
                bytes("{\"up_id\":\"0007168\"}"),
                bytes("{\"run_id\":\"r1\",\"mode\":\"chunked\",\"resolve\":true}"));
        addAll("request", requests, (kind, input) -> {
            String json = new String(input, StandardCharsets.UTF_8);
            Object read = kind < 2 ? trust.read(json) : chunked.readObject(json);
            read.toString();
        });
        List<byte[]> records = new ArrayList<>();
        for (Class<?> kind : Records.KINDS) {
            records.add(
                    Files.readAllBytes(PROJECT.resolve("src/test/resources/run/" + kind.getSimpleName() + ".json")));
        }
        addAll("record", records, (kind, input) -> Records.read(input, Records.KINDS.get(kind)));
        List<byte[]> patterns = new ArrayList<>();
        Stream.of("^(?:a|b)+?[^\\w\\s]{2,5}(?=x)$", "(?i)[A-Z\\d_]+(?<![0-9])\\.", "\\bfoo\\b|(?P<n>bar)*")
                .forEach(pattern -> patterns.add(bytes(pattern)));
        add(
                "regular expression",
                patterns,
                List.of("(", "(?:", ")*", "{1000}", "{0,1000}", "[^", "|", "(?=", "(?<=", "\\", ".*"),
                input -> {
                    StepBudget budget = new StepBudget("tokenizer");
                    budget.begin(TEXT.length());
                    PythonPattern.compile(new String(input, StandardCharsets.UTF_8), "tokenizer")
                            .matcher(budget)
                            .search(TEXT, 0, TEXT.length());
                });
        add(
                "source query",
                List.of(Files.readAllBytes(PROJECT.resolve("sql/trust_source.sql"))),
                List.of("'", "\"", "$$", "--", "/*", "*/", ":up_id", "{UP_ID}", ";", "::"),
                input -> SqlTemplate.parse("query", new String(input, StandardCharsets.UTF_8)));
        Path declared = PROJECT.resolve("sql/chunked-etl");
        add(
                "declaration",
                List.of(Files.readAllBytes(declared.resolve("chunked-update.yaml"))),
                List.of("&a ", "*a ", "- ", ": ", "[", "{", "!!java.net.URL ", "|\n", "\t"),
                input -> DeclarationReader.read(
                        "chunked-update.yaml",
                        name -> name.endsWith("chunked-update.yaml")
                                ? new String(input, StandardCharsets.UTF_8)
                                : "SELECT 1"));
        Path properties = folder.resolve("trust-pipeline.properties");
        add(
                "settings",
                List.of(bytes("trust.run.zone=Europe/London\ntrust.warehouse.fetch-size=10\ntrust.models.threads=2\n")),
                List.of("trust.", "=", "\\u", "\n", "1h", "jdbc:"),
                input -> Settings.load(
                        new Sources(folder, Files.write(properties, input), Map.of(), Map.of()),
                        new SecretReferences(Map.of(), "us-east-2", null)));
    }

    private void addAll(String name, List<byte[]> contents, Target.Choice choice) {
        targets.add(Target.ofSeveral(name, contents, JSON, choice));
    }

    private void add(String name, List<byte[]> sound, List<String> words, Target.Reader reader) {
        targets.add(new Target(name, sound, words, reader));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
