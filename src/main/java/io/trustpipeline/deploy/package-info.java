/** The stacks of an environment in AWS: made, changed and removed through CloudFormation's change sets. */
@NullMarked
package io.trustpipeline.deploy;

import org.jspecify.annotations.NullMarked;
