package io.trustpipeline.credits.jobs;

import io.trustpipeline.credits.calculate.Choices;
import io.trustpipeline.credits.calculate.Credit;
import io.trustpipeline.credits.calculate.CreditCalculation;
import io.trustpipeline.credits.sql.FraudQuery;
import io.trustpipeline.credits.warehouse.Evidence;
import io.trustpipeline.credits.warehouse.EvidenceQueries;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.RunObjects;

import java.time.Clock;
import java.util.Optional;

/** Computes here. */
public final class InProcessRunner implements CreditRunner {
    private final RunObjects objects;
    private final CreditLayout layout;
    private final EvidenceQueries queries;
    private final Choices choices;
    private final Clock clock;

    public InProcessRunner(
            RunObjects objects, CreditLayout layout, EvidenceQueries queries, Choices choices, Clock clock) {
        this.objects = objects;
        this.layout = layout;
        this.queries = queries;
        this.choices = choices;
        this.clock = clock;
    }

    @Override
    public CreditResult run(String executionId, FraudQuery query) {
        String key = layout.result(executionId);
        Optional<CreditResult> there = objects.read(key, CreditResult.class);
        if (there.isPresent()) {
            return there.get();
        }
        Evidence evidence = queries.collect(query);
        KillPoint.pass("AFTER_CREDIT_QUERIES");
        Credit credit = CreditCalculation.of(evidence.input(), choices);
        objects.create(key, CreditResult.of(executionId, clock.instant(), query, evidence, credit));
        KillPoint.pass("AFTER_CREDIT_RESULT");
        return objects.read(key, CreditResult.class).orElseThrow();
    }
}
