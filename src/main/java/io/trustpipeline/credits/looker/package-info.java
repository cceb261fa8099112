/** Links to Looker, and the SQL behind them. */
@NullMarked
package io.trustpipeline.credits.looker;

import org.jspecify.annotations.NullMarked;
