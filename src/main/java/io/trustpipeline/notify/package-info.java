/** What people are told about a run, and the ways it reaches them: an SNS topic, or a folder of mails. */
@NullMarked
package io.trustpipeline.notify;

import org.jspecify.annotations.NullMarked;
