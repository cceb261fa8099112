package io.trustpipeline.config;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/configuration.md} names every setting there is, with its default, and no other. */
class ConfigurationPageTest {
    private static final Pattern NAME = Pattern.compile("`(trust)?((\\.[a-z-]+)+)`");

    @Test
    void the_page_names_every_setting_and_no_other() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String line : lines()) {
            named.addAll(names(line));
        }
        Set<String> known = new TreeSet<>();
        Keys.ALL.forEach(key -> known.add(key.name()));
        // Where the others may come from; the text above the table has it.
        known.remove(Keys.PARAMETERS.name());
        assertThat(named).isEqualTo(known);
    }

    @Test
    void a_default_that_the_page_gives_is_the_one_that_holds() throws IOException {
        for (String line : lines()) {
            List<String> names = names(line);
            String column = line.split("\\|")[2];
            for (Key<?> key : Keys.ALL) {
                String fallback = key.fallback();
                if (names.size() == 1 && names.get(0).equals(key.name()) && fallback != null && column.contains("`")) {
                    assertThat(column).as(key.name()).contains("`" + fallback + "`");
                }
            }
        }
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(Path.of(System.getProperty("project.dir", "."), "docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `trust"))
                .toList();
    }

    /** {@code `trust.warehouse.user`, `.password`} names two. */
    private static List<String> names(String line) {
        Matcher name = NAME.matcher(line.split("\\|")[1]);
        List<String> names = new ArrayList<>();
        String section = "";
        while (name.find()) {
            if (name.group(1) != null) {
                String full = "trust" + name.group(2);
                section = full.substring(0, full.lastIndexOf('.'));
                names.add(full);
            } else {
                names.add(section + name.group(2));
            }
        }
        return names;
    }
}
