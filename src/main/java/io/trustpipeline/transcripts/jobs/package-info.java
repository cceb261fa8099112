/**
 * Jobs: from an uploaded transcript to assessments that are published. Each step looks first whether it is done, writes
 * what others rely on before it says so, and may be repeated at any time by anybody.
 */
@NullMarked
package io.trustpipeline.transcripts.jobs;

import org.jspecify.annotations.NullMarked;
