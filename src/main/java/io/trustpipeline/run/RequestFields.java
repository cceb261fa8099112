package io.trustpipeline.run;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.random.RandomGenerator;

/**
 * The fields of a request as they were given, each valid or absent. A field left out says nothing: on a resume it takes
 * the value of the run it resumes, on a first start its default.
 *
 * @param redriveOf the run whose rejected rows are asked for; no request from outside has it, {@link Redrives} gives it
 * @param recutOf the run whose rows are asked for with today's thresholds; given by {@link Redrives} as well
 * @param limits of this start; another start of the same run may have others
 */
public record RequestFields(
        @Nullable LocalDate runDate,
        @Nullable String runId,
        @Nullable String email,
        @Nullable Long upId,
        @Nullable String redriveOf,
        @Nullable String recutOf,
        Limits limits) {

    /** Of the warehouse's rows, whatever they take. */
    public RequestFields(
            @Nullable LocalDate runDate, @Nullable String runId, @Nullable String email, @Nullable Long upId) {
        this(runDate, runId, email, upId, null, null, Limits.NONE);
    }

    /** The whole of a request, to resume it. */
    public static RequestFields of(RunRequest request) {
        return new RequestFields(
                request.runDate(),
                request.runId(),
                request.email(),
                request.upId(),
                request.redriveOf(),
                request.recutOf(),
                Limits.NONE);
    }

    /** The same for the run of this id. */
    public RequestFields of(LocalDate newRunDate, String newRunId) {
        return new RequestFields(newRunDate, newRunId, email, upId, redriveOf, recutOf, limits);
    }

    /** The same within these limits. */
    public RequestFields within(Limits newLimits) {
        return new RequestFields(runDate, runId, email, upId, redriveOf, recutOf, newLimits);
    }

    /** The client of today's requests that name none. */
    static final long DEFAULT_UP_ID = 7168;

    /** A request for a run that has not started before. */
    public RunRequest withDefaults(Clock clock, ZoneId zone, RandomGenerator random) {
        return new RunRequest(
                runDate != null ? runDate : LocalDate.now(clock.withZone(zone)),
                runId != null ? runId : RunIds.next(clock, random),
                email,
                upId != null ? upId : DEFAULT_UP_ID,
                redriveOf,
                recutOf);
    }

    /**
     * The request of a run that exists already, if these fields ask for the same.
     *
     * @throws PipelineException REQUEST_REFUSED naming each field that differs
     */
    public RunRequest sameAs(RunRequest existing) {
        StringBuilder differences = new StringBuilder();
        differ(differences, "run_date", runDate, existing.runDate());
        differ(differences, "up_id", upId, existing.upId());
        differ(differences, "email", email, existing.email());
        differ(differences, "redrive_of", redriveOf, existing.redriveOf());
        differ(differences, "recut_of", recutOf, existing.recutOf());
        if (!differences.isEmpty()) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    "run_id: \"" + existing.runId() + "\" belongs to another request (" + differences
                            + "); use a new run_id, or the same request to resume");
        }
        return existing;
    }

    private static void differ(StringBuilder out, String field, @Nullable Object given, @Nullable Object existing) {
        if (given != null && !given.equals(existing)) {
            out.append(out.isEmpty() ? "" : ", ")
                    .append(field)
                    .append(" was ")
                    .append(existing)
                    .append(", now ")
                    .append(given);
        }
    }
}
