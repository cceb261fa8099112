package io.trustpipeline.run;

/** A run whose rows are exported. */
public record Exported(Run run, Export export) {}
