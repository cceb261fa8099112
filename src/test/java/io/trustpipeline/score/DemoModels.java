package io.trustpipeline.score;

import java.nio.file.Path;

/** The models of the demo, as every test may use them. */
final class DemoModels {
    static final Path FOLDER = Path.of(System.getProperty("project.dir", "."), "demo", "models");

    private DemoModels() {}

    static ModelCache cache() {
        return new ModelCache(
                Path.of(System.getProperty("project.dir", "."), "target", "test-models"), ArchiveLimits.DEFAULT);
    }

    static ThemeModels load(ScoringMode mode) {
        return ThemeModels.load(ModelCatalogue.read(FOLDER), ModelSource.none(), cache(), mode);
    }
}
