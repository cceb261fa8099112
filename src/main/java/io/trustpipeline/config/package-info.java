/** Everything that can be configured, checked all at once when the program starts. */
@NullMarked
package io.trustpipeline.config;

import org.jspecify.annotations.NullMarked;
