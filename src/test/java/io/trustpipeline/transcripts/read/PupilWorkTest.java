package io.trustpipeline.transcripts.read;

import io.trustpipeline.run.PipelineException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a pupil made: all of it is the pupil's own words, if it has any that can be read. */
class PupilWorkTest {
    private static final Pupil ANA = new Pupil("3f6a0b52-77c5-4c6e-9d53-0d9a3c5f1a01", "Ana Lopez", null, List.of());

    @TempDir
    Path folder;

    @Test
    void a_pdf_s_sentences_are_the_pupil_s_whatever_lines_and_pages_they_stand_on() throws Exception {
        Path file = folder.resolve("essay.pdf");
        try (PDDocument document = new PDDocument()) {
            page(document, "My bridge: a report", "We worked", "together on it.", "It was hard.");
            page(document, "Then we changed the plan.");
            document.save(file.toFile());
        }
        Transcript essay = Transcript.ofPupil(file, Format.PDF, ANA);
        assertThat(essay.utterances())
                .extracting(line -> line.lineNumber() + " " + line.speaker() + "|" + line.text())
                .containsExactly(
                        "1 Ana Lopez|My bridge: a report We worked together on it.",
                        "4 Ana Lopez|It was hard.",
                        "5 Ana Lopez|Then we changed the plan.");
        assertThat(essay.utterances()).allMatch(line -> ANA.studentId().equals(line.studentId()));
        assertThat(essay.figures().studentIds()).containsExactly(ANA.studentId());
    }

    @Test
    void a_word_document_s_colons_name_nobody_in_it() throws Exception {
        Path file = folder.resolve("essay.docx");
        try (XWPFDocument document = new XWPFDocument();
                OutputStream out = Files.newOutputStream(file)) {
            document.createParagraph().createRun().setText("Teacher: this is my essay");
            document.write(out);
        }
        Transcript essay = Transcript.ofPupil(file, Format.DOCX, new Pupil(ANA.studentId(), "", null, List.of()));
        assertThat(essay.utterances())
                .extracting(line -> line.speaker() + "|" + line.text() + "|" + line.studentId())
                .containsExactly("Author|Teacher: this is my essay|" + ANA.studentId());
    }

    @Test
    void a_page_without_words_and_one_behind_a_password_are_refused_by_their_name() throws Exception {
        Path scanned = folder.resolve("scan.pdf");
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            document.save(scanned.toFile());
        }
        refused(scanned, Format.PDF, "scan.pdf: no text in it; scanned pages are pictures, which are not read");
        Path locked = folder.resolve("locked.pdf");
        try (PDDocument document = new PDDocument()) {
            page(document, "secret words");
            document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            document.save(locked.toFile());
        }
        refused(locked, Format.PDF, "locked.pdf: the PDF asks for a password; save it without one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "essay.pdf|essay.pdf: not a PDF that can be read; save it again, or as .docx",
                "essay.docx|essay.docx: not a Word document that can be read; save it as .docx again, or as text",
                "essay.png|a .png: not a text that can be read; right is a name that ends in .docx, .pdf",
                "essay.txt|a .txt: not a text that can be read; right is a name that ends in .docx, .pdf"
            })
    void what_cannot_be_read_is_refused_without_a_word_of_it(String name, String message) throws Exception {
        refused(Files.writeString(folder.resolve(name), "%PDF-1.4 secret words"), Format.ofName(name), message);
    }

    private static void refused(Path file, Format format, String message) {
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> Transcript.ofPupil(file, format, ANA))
                .withMessage(message)
                .withNoCause();
    }

    private static void page(PDDocument document, String... lines) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
            content.newLineAtOffset(50, 700);
            content.setLeading(14);
            for (String line : lines) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
    }
}
