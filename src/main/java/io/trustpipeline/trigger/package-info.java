/**
 * Requests that people and schedules leave as files under {@code triggers/} of the data bucket: found, taken by one service
 * at a time, carried out once, and moved to {@code triggers/done/} or {@code triggers/failed/} with the reason.
 */
@NullMarked
package io.trustpipeline.trigger;

import org.jspecify.annotations.NullMarked;
