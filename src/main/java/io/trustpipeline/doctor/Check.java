package io.trustpipeline.doctor;

import java.util.List;

/** Looks at one thing. */
@FunctionalInterface
public interface Check {
    /** What was found; an exception is a finding, too. */
    List<Finding> examine();
}
