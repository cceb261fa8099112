package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What became of the rows of a run; every row is counted once, however many themes it was scored for.
 *
 * @param exported rows the warehouse wrote
 * @param scored rows scored by at least one theme now
 * @param alreadyScored rows that every theme had scored before
 * @param rejected rows that could not be scored; each stands in the rejected object with its reason
 * @param empty rows with no text to score
 */
public record RowCounts(
        @JsonProperty("exported") long exported,
        @JsonProperty("scored") long scored,
        @JsonProperty("already_scored") long alreadyScored,
        @JsonProperty("rejected") long rejected,
        @JsonProperty("empty") long empty) {

    public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0);

    public RowCounts plus(RowCounts other) {
        return new RowCounts(
                exported + other.exported,
                scored + other.scored,
                alreadyScored + other.alreadyScored,
                rejected + other.rejected,
                empty + other.empty);
    }

    /**
     * The conservation law: rows exported = rows scored + already scored + rejected + empty.
     *
     * @throws PipelineException DEFECT when a row was lost or counted twice; nothing may be published then
     */
    public RowCounts conserved(String where) {
        if (exported != scored + alreadyScored + rejected + empty) {
            throw new PipelineException(
                    ExitCode.DEFECT,
                    where + ": rows are not conserved: exported " + exported + " but scored " + scored
                            + " + already scored " + alreadyScored + " + rejected " + rejected + " + empty " + empty
                            + " = " + (scored + alreadyScored + rejected + empty) + "; nothing is published");
        }
        return this;
    }
}
