/**
 * From a warehouse to Parquet: an SQL template that people edit, the values of one run, and a dialect that carries the
 * query out.
 *
 * <p>Values never become text that could change the statement: they are a date and integers, bound as parameters or,
 * inside UNLOAD where nothing can be bound, written as literals of their type. Failures are
 * {@link io.trustpipeline.run.PipelineException}s of one line, without passwords and without comment texts.
 */
@NullMarked
package io.trustpipeline.export;

import org.jspecify.annotations.NullMarked;
