package io.trustpipeline.transcripts.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.apache.commons.codec.digest.DigestUtils;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cues of every skill, of one version. Immutable. */
public final class CueLists {
    private static final String OWN = "cues.yaml";
    private static final int DIGEST_SHOWN = 8;

    private final String version;
    /** By the first word. */
    private final Map<Skill, Map<String, List<Cue>>> cues;

    private CueLists(String version, Map<Skill, Map<String, List<Cue>>> cues) {
        this.version = version;
        this.cues = cues;
    }

    /** The lists that come with the program. */
    public static CueLists own() {
        try (InputStream in = CueLists.class.getResourceAsStream(OWN)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + OWN);
            }
            return parse(OWN, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws PipelineException CONFIGURATION when they are not lists of cues */
    public static CueLists read(Path file) {
        try {
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new PipelineException(ExitCode.CONFIGURATION, file + ": cannot be read", e);
        }
    }

    private static CueLists parse(String name, byte[] yaml) {
        JsonNode tree;
        try {
            tree = new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new PipelineException(ExitCode.CONFIGURATION, name + ": not valid YAML", e);
        }
        String version = tree.path("version").asText();
        if (!version.matches("[0-9]+\\.[0-9]+\\.[0-9]+")) {
            throw new PipelineException(ExitCode.CONFIGURATION, name + ": version is not three numbers such as 1.0.0");
        }
        Map<Skill, Map<String, List<Cue>>> cues = new EnumMap<>(Skill.class);
        for (Skill skill : Skill.values()) {
            JsonNode lists = tree.path("skills").path(skill.code());
            Map<String, List<Cue>> byFirst = new HashMap<>();
            add(byFirst, Cue.Kind.PHRASE, lists.path("phrases"));
            add(byFirst, Cue.Kind.KEYWORD, lists.path("keywords"));
            if (byFirst.isEmpty()) {
                throw new PipelineException(ExitCode.CONFIGURATION, name + ": no cues of " + skill.code());
            }
            cues.put(skill, byFirst);
        }
        return new CueLists("cues-" + version + "+" + digest(yaml), cues);
    }

    private static void add(Map<String, List<Cue>> byFirst, Cue.Kind kind, JsonNode entries) {
        for (JsonNode entry : entries) {
            List<String> forms = Sentences.forms(entry.asText());
            if (!forms.isEmpty()) {
                byFirst.computeIfAbsent(forms.get(0), first -> new ArrayList<>())
                        .add(new Cue(kind, entry.asText(), forms));
            }
        }
    }

    /** Of the lists' lines, so that a checkout with other line ends has the same version. */
    private static String digest(byte[] yaml) {
        String text = new String(yaml, StandardCharsets.UTF_8).replace("\r\n", "\n");
        return DigestUtils.sha256Hex(text).substring(0, DIGEST_SHOWN);
    }

    String version() {
        return version;
    }

    /** The cues of a skill that begin with a word. */
    List<Cue> beginningWith(Skill skill, String form) {
        return cues.getOrDefault(skill, Map.of()).getOrDefault(form, List.of());
    }
}
