package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * Which models score the comments, from a models folder. It may hold {@code models.json}, {@code thresholds.json},
 * {@code exclude_strings.txt} and {@code recommend.json}. Without {@code models.json} every sub-folder with a saved pipeline or a
 * {@code model.tar.gz} is a theme of its name, in the order of the names; a folder that is itself a saved pipeline is
 * one theme of its own name.
 *
 * @param folder where it was read
 * @param themes those that can be used, in the order in which they score
 * @param exclusions texts of spans that are dropped
 * @param recommend the model that says what each relevant span recommends; null for none
 * @param problems everything that is wrong with the files, one line each
 */
public record ModelCatalogue(
        Path folder,
        List<Theme> themes,
        ExclusionList exclusions,
        @Nullable ModelLocation recommend,
        List<String> problems) {
    public ModelCatalogue {
        themes = List.copyOf(themes);
        problems = List.copyOf(problems);
    }

    /** Reads the folder. Models themselves are not opened. */
    public static ModelCatalogue read(Path folder) {
        return new CatalogueReader(folder).read();
    }

    /**
     * The catalogue itself.
     *
     * @throws PipelineException ({@code CONFIGURATION}) with all problems, a line each, when there are any
     */
    public ModelCatalogue requireSound() {
        if (!problems.isEmpty()) {
            throw new PipelineException(ExitCode.CONFIGURATION, String.join("\n", problems));
        }
        return this;
    }
}
