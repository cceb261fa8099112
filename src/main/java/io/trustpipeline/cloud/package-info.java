/**
 * Runs in AWS: what the tasks of the state machine do and report, and how an execution is started and watched. The stages
 * are those of a laptop; this room adds what stands between them when each runs in a process of its own.
 */
@NullMarked
package io.trustpipeline.cloud;

import org.jspecify.annotations.NullMarked;
