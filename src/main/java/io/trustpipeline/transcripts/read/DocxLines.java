package io.trustpipeline.transcripts.read;

import io.trustpipeline.run.PipelineException;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The lines of a Word document's paragraphs. POI bounds what a packed document unpacks to. */
final class DocxLines implements DocumentLines {
    @Override
    public void read(Path file, Consumer<SourceLine> lines) {
        try (InputStream bytes = Files.newInputStream(file);
                XWPFDocument document = new XWPFDocument(bytes)) {
            int number = 0;
            for (XWPFParagraph paragraph : document.getParagraphs()) {
                for (String line : paragraph.getText().split("\\R", -1)) {
                    lines.accept(new SourceLine(++number, line));
                }
            }
        } catch (NoSuchFileException e) {
            throw Refusal.unreadable(file, e);
        } catch (PipelineException refused) {
            throw refused;
        } catch (IOException | RuntimeException damaged) {
            // Whatever POI says of it may quote it.
            throw Refusal.of(file, "not a Word document that can be read; save it as .docx again, or as text");
        }
    }
}
