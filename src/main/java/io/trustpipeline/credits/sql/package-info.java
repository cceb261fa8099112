/** Looker's SQL: read by a parser, refused or rewritten. */
@NullMarked
package io.trustpipeline.credits.sql;

import org.jspecify.annotations.NullMarked;
