package io.trustpipeline.score;

import io.trustpipeline.score.ModelsFile.Entry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a models folder and gathers everything that is wrong with it. */
final class CatalogueReader {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueReader.class);
    private static final String ARCHIVE = "model.tar.gz";
    private static final int MAX_NAME = 200;

    private final Path folder;
    private final List<String> problems = new ArrayList<>();

    CatalogueReader(Path folder) {
        this.folder = folder;
    }

    ModelCatalogue read() {
        if (!Files.isDirectory(folder)) {
            return new ModelCatalogue(
                    folder, List.of(), ExclusionList.EMPTY, null, List.of(folder + ": no such folder of models"));
        }
        Path modelsFile = folder.resolve("models.json");
        Path thresholdsFile = folder.resolve("thresholds.json");
        Map<String, Entry> entries =
                Files.exists(modelsFile) ? ModelsFile.read(modelsFile, problems::add) : discovered();
        Map<String, Thresholds> thresholds = ThresholdsFile.read(thresholdsFile, problems::add);
        ExclusionList exclusions = ExclusionList.read(folder.resolve("exclude_strings.txt"), problems::add);
        Path recommendFile = folder.resolve("recommend.json");
        ModelLocation recommend = Files.exists(recommendFile) ? ModelsFile.readOne(recommendFile, problems::add) : null;
        List<Theme> themes = new ArrayList<>();
        if (entries != null) {
            entries.forEach((name, entry) -> addTheme(themes, name, entry, thresholds.get(name)));
            reportStrangers(thresholdsFile, entries, thresholds);
            logSilence(entries, thresholds);
        }
        return new ModelCatalogue(folder, themes, exclusions, recommend, problems);
    }

    private void addTheme(List<Theme> themes, String name, Entry entry, @Nullable Thresholds thresholds) {
        if (!isName(name)) {
            problems.add("%s: theme %s; a name is 1 to %d characters, not all blank, without control characters"
                    .formatted(folder, JsonFile.quoted(name), MAX_NAME));
            return;
        }
        if (entry.location() != null) {
            Thresholds used = thresholds == null ? Thresholds.DEFAULT : thresholds;
            themes.add(new Theme(name, entry.location(), used, entry.respectModelThreshold()));
        }
    }

    private static boolean isName(String name) {
        return !PythonText.isBlank(name)
                && name.codePointCount(0, name.length()) <= MAX_NAME
                && name.codePoints().noneMatch(CatalogueReader::isUnprintable);
    }

    /** Control characters, and lone surrogates, which no file of ours could hold. */
    private static boolean isUnprintable(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    private void reportStrangers(Path file, Map<String, Entry> entries, Map<String, Thresholds> thresholds) {
        for (String name : thresholds.keySet()) {
            if (!entries.containsKey(name)) {
                problems.add("%s: theme %s: no such theme; there are %s"
                        .formatted(
                                file,
                                JsonFile.quoted(name),
                                entries.keySet().stream().map(JsonFile::quoted).collect(Collectors.joining(", "))));
            }
        }
    }

    private static void logSilence(Map<String, Entry> entries, Map<String, Thresholds> thresholds) {
        String silent = entries.keySet().stream()
                .filter(name -> !thresholds.containsKey(name))
                .map(JsonFile::quoted)
                .collect(Collectors.joining(", "));
        if (!silent.isEmpty()) {
            LOG.info("no threshold given for {}; {} is used", silent, Thresholds.DEFAULT.others());
        }
    }

    /** What a folder without models.json holds. */
    private Map<String, Entry> discovered() {
        Map<String, Entry> found = new LinkedHashMap<>();
        try {
            if (Files.isRegularFile(folder.resolve(PipelineFolder.CONFIG))) {
                Path real = folder.toRealPath();
                found.put(String.valueOf(real.getFileName()), local(real));
                return found;
            }
            for (Path inner : subFolders()) {
                Path archive = inner.resolve(ARCHIVE);
                if (PipelineFolder.of(inner).isPresent()) {
                    found.put(String.valueOf(inner.getFileName()), local(inner));
                } else if (Files.isRegularFile(archive)) {
                    found.put(String.valueOf(inner.getFileName()), local(archive));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            problems.add(folder + ": cannot be read: " + e.getMessage());
        }
        if (found.isEmpty()) {
            problems.add(folder + ": holds no model: no models.json, and no folder with a " + PipelineFolder.CONFIG
                    + " or a " + ARCHIVE);
        }
        return found;
    }

    private List<Path> subFolders() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static Entry local(Path path) {
        return new Entry(new ModelLocation.Local(path), true);
    }
}
