package io.trustpipeline.export;

import java.nio.file.Path;

/**
 * Where an export goes; which of the two is used depends on who writes.
 *
 * @param folder a local folder for files that we write
 * @param prefix what keys of objects that the warehouse writes begin with, as {@code s3://bucket/…/batch_}
 */
public record ExportTarget(Path folder, String prefix) {}
