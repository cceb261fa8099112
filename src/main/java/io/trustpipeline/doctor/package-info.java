/** Looks at a laptop and at an AWS account before somebody relies on them, and says what to do. Changes nothing. */
@NullMarked
package io.trustpipeline.doctor;

import org.jspecify.annotations.NullMarked;
