/**
 * Chunked updates of a PostgreSQL table: parallel, resumable, each chunk one transaction together with its line in the
 * ledger. What is updated, and how, is declared by a YAML file and its SQL; see {@code docs/chunked-etl.md}.
 */
@NullMarked
package io.trustpipeline.chunked;

import org.jspecify.annotations.NullMarked;
