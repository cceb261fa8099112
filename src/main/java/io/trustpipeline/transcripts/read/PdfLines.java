package io.trustpipeline.transcripts.read;

import io.trustpipeline.run.PipelineException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The lines of a PDF, page by page, numbered through the document. Lines are put together until one ends a sentence, and
 * have the number of the first: a PDF knows no paragraphs. Scanned pages have no text.
 */
final class PdfLines implements DocumentLines {
    private static final int MOST_PAGES = 1_000;
    private static final int MOST_CHARS = 5_000_000;
    private static final int LONGEST = 2_000;
    private static final long MOST_IN_MEMORY = 32L << 20;
    private static final long MOST_ON_DISK = 512L << 20;

    static {
        // Where PDFBox remembers the fonts of this computer; the home may not be writable.
        System.setProperty("pdfbox.fontcache", System.getProperty("java.io.tmpdir", "/tmp"));
    }

    @Override
    public void read(Path file, Consumer<SourceLine> lines) {
        if (!Files.exists(file)) {
            throw Refusal.unreadable(file, new NoSuchFileException(file.toString()));
        }
        try (PDDocument document = Loader.loadPDF(
                file.toFile(),
                "",
                null,
                null,
                MemoryUsageSetting.setupMixed(MOST_IN_MEMORY, MOST_ON_DISK).streamCache)) {
            if (document.getNumberOfPages() > MOST_PAGES) {
                throw Refusal.of(
                        file, document.getNumberOfPages() + " pages; right is at most " + MOST_PAGES + ", split it");
            }
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            stripper.setLineSeparator("\n");
            stripper.setPageEnd(Joining.PAGE_END);
            stripper.writeText(document, new Joining(file, lines));
        } catch (PipelineException refused) {
            throw refused;
        } catch (InvalidPasswordException locked) {
            throw Refusal.of(file, "the PDF asks for a password; save it without one");
        } catch (IOException | RuntimeException | StackOverflowError damaged) {
            // Whatever PDFBox says of it may quote it.
            throw Refusal.of(file, "not a PDF that can be read; save it again, or as .docx");
        }
    }

    /** Lines until one ends a sentence, as one. */
    private static final class Joining extends Writer {
        static final String PAGE_END = "\f";

        private final Path file;
        private final Consumer<SourceLine> lines;
        private final StringBuilder line = new StringBuilder();
        private final StringBuilder joined = new StringBuilder();
        private int number;
        private int first;
        private int chars;

        Joining(Path file, Consumer<SourceLine> lines) {
            this.file = file;
            this.lines = lines;
        }

        @Override
        public void write(char[] text, int from, int length) {
            chars += length;
            if (chars > MOST_CHARS) {
                throw Refusal.of(file, "more than " + MOST_CHARS + " characters; split it");
            }
            for (int i = from; i < from + length; i++) {
                if (text[i] == '\n' || text[i] == '\f') {
                    add(line.toString().strip());
                    line.setLength(0);
                    if (text[i] == '\f') {
                        end();
                    }
                } else {
                    line.append(text[i]);
                }
            }
        }

        private void add(String read) {
            number++;
            if (read.isEmpty() || joined.length() + read.length() > LONGEST) {
                end();
            }
            if (!read.isEmpty()) {
                if (joined.isEmpty()) {
                    first = number;
                } else {
                    joined.append(' ');
                }
                joined.append(read);
                if (".!?…\"”»".indexOf(read.charAt(read.length() - 1)) >= 0) {
                    end();
                }
            }
        }

        private void end() {
            if (!joined.isEmpty()) {
                lines.accept(new SourceLine(first, joined.toString()));
                joined.setLength(0);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
