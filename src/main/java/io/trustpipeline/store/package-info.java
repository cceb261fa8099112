/** Objects: put if absent, digest, list, multipart. S3 only; on a laptop the same S3, served from a folder. */
@NullMarked
package io.trustpipeline.store;

import org.jspecify.annotations.NullMarked;
