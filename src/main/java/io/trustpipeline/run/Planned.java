package io.trustpipeline.run;

/** A run whose work is fixed. */
public record Planned(Run run, Export export, Plan plan) {}
