/** The queries, and Presto or Trino that answers them. */
@NullMarked
package io.trustpipeline.credits.warehouse;

import org.jspecify.annotations.NullMarked;
