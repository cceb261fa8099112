/** A channel: its messages, threads and replies. */
@NullMarked
package io.trustpipeline.credits.slack;

import org.jspecify.annotations.NullMarked;
