/** From a request in Slack to an approved amount: what fraud cost a customer although it should have been blocked. */
@NullMarked
package io.trustpipeline.credits;

import org.jspecify.annotations.NullMarked;
