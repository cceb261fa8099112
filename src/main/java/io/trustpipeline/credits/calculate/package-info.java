/** The amount, in decimal arithmetic; knows nothing of where its figures come from. */
@NullMarked
package io.trustpipeline.credits.calculate;

import org.jspecify.annotations.NullMarked;
