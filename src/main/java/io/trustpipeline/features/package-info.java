/**
 * Features of customers, day by day: definitions, their computation by DuckDB, the objects and the table they go to.
 *
 * <p>Nothing here knows about taxi trips: columns, features and checks come from a YAML file.
 */
@NullMarked
package io.trustpipeline.features;

import org.jspecify.annotations.NullMarked;
