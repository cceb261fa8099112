/** Each message as a durable run: its state, its steps, and what computes it. */
@NullMarked
package io.trustpipeline.credits.jobs;

import org.jspecify.annotations.NullMarked;
