package io.trustpipeline.run;

/**
 * A request carried to its end, as far as this attempt knows.
 *
 * @param state how far it had come when this attempt began, or has come since
 * @param attempt 1 for the first start; more when it was cut off before
 */
public record Run(RunRequest request, RunLayout layout, RunState state, int attempt) {

    Run in(RunState newState) {
        return new Run(request, layout, newState, attempt);
    }
}
