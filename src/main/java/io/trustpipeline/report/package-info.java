/** What a run found, as a page that people read and as facts that programs read. */
@NullMarked
package io.trustpipeline.report;

import org.jspecify.annotations.NullMarked;
