/** Servers on loopback that speak like Slack, Looker and Trino, for the demo and the tests. */
@NullMarked
package io.trustpipeline.credits.fakes;

import org.jspecify.annotations.NullMarked;
