package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;
import java.util.Optional;

/**
 * {@code estimate.json}: what a run was expected to take, before anything ran.
 *
 * @param basis where the speeds came from
 * @param stages in their order
 */
public record Estimate(
        @JsonProperty("basis") String basis,
        @JsonProperty("stages") List<Stage> stages) {

    /** What one stage is expected to take. */
    public record Stage(
            @JsonProperty("stage") String name,
            @JsonProperty("estimate") StageFigures figures) {}

    /** What is expected of a stage. */
    Optional<StageFigures> of(String stage) {
        return stages.stream()
                .filter(each -> each.name().equals(stage))
                .map(Stage::figures)
                .findFirst();
    }

    public double seconds() {
        return stages.stream().mapToDouble(stage -> stage.figures().seconds()).sum();
    }

    public double cost() {
        return stages.stream().mapToDouble(stage -> stage.figures().cost()).sum();
    }

    public double vcpuHours() {
        return stages.stream().mapToDouble(stage -> stage.figures().vcpuHours()).sum();
    }
}
