package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.MsgpackReader;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads the one table that matters here from {@code vocab/lookups.bin}: normal forms by the id of the word. */
final class Lookups {
    private static final String NORMS = "lexeme_norm";

    private Lookups() {}

    /** The table, empty when the file or the table is not there. */
    static Map<Long, String> norms(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        MsgpackReader in = MsgpackReader.open(file);
        Map<Long, String> norms = new HashMap<>();
        if (in.atEnd()) {
            return norms;
        }
        int tables = in.mapSize();
        for (int table = 0; table < tables; table++) {
            if (in.text().equals(NORMS)) {
                readTable(in, norms);
            } else {
                in.skip();
            }
        }
        if (!in.atEnd()) {
            throw ModelException.corrupt(file.toString(), "goes on after its last table");
        }
        return norms;
    }

    private static void readTable(MsgpackReader in, Map<Long, String> norms) {
        int size = in.mapSize();
        for (int entry = 0; entry < size; entry++) {
            long id = in.integer();
            norms.put(id, in.text());
        }
    }
}
