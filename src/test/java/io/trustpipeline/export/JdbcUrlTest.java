package io.trustpipeline.export;

import io.trustpipeline.export.WarehouseSettings.Credentials;
import io.trustpipeline.table.DuckDb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class JdbcUrlTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://host:5432/db, jdbc:postgresql://host:5432/db",
        "jdbc:postgresql://host/db?user=u&password=p, jdbc:postgresql://host/db",
        "jdbc:postgresql://host/db?user=ana@example.org&password=p, jdbc:postgresql://host/db",
        "jdbc:postgresql://u:p@ss@host/db, jdbc:postgresql://host/db",
        "jdbc:redshift://c.eu.redshift.amazonaws.com:5439/dev;UID=u;PWD=p, jdbc:redshift://c.eu.redshift.amazonaws.com:5439/dev",
        "jdbc:oracle:thin:u/p@//host:1521/db, jdbc:oracle:thin://host:1521/db",
        "jdbc:duckdb:/data/source.duckdb, jdbc:duckdb:/data/source.duckdb",
    })
    void a_url_is_shown_without_user_and_parameters(String url, String shown) {
        assertThat(JdbcUrl.display(url)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://host/db?password=hush&x=1",
        "jdbc:postgresql://u:hush@host/db",
        "jdbc:redshift://host/db;PWD=hush;x=1",
        "jdbc:redshift:iam://host/db?AccessKeyID=a&SecretAccessKey=hush",
    })
    void a_message_loses_the_passwords_of_the_url(String url) {
        WarehouseSettings settings = settings(url, Optional.empty());
        assertThat(JdbcUrl.withoutSecrets("cannot open " + url, settings)).doesNotContain("hush");
        assertThat(settings.toString()).doesNotContain("hush");
    }

    @Test
    void a_message_loses_the_password_given_apart() {
        WarehouseSettings settings = settings("jdbc:postgresql://host/db", Optional.of(new Credentials("u", "hush")));
        assertThat(JdbcUrl.withoutSecrets("password hush is wrong", settings)).isEqualTo("password *** is wrong");
        assertThat(settings.toString()).doesNotContain("hush");
    }

    private static WarehouseSettings settings(String url, Optional<Credentials> credentials) {
        return WarehouseSettings.standard(url, credentials, DuckDb.Limits.standard(Path.of(".")));
    }
}
