package io.trustpipeline.export;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JDBC URLs in messages: without whatever may be a secret. */
final class JdbcUrl {
    /** User and password before the host, as URLs have them and as Oracle's have them. */
    private static final Pattern USER_INFO = Pattern.compile("^(jdbc:\\w+://)[^/?]*@|^(jdbc:\\w+:(?:\\w+:)?)(?!//).*@");

    private static final Pattern SECRET =
            Pattern.compile("(?i)(?:password|passwd|pwd|secret|token|key)=([^&;\\s]+)|//[^/:@]*:([^/@]+)@");

    private JdbcUrl() {}

    /** The URL up to its parameters, without user and password. */
    static String display(String url) {
        String bare =
                USER_INFO.matcher(url).replaceFirst(match -> match.group(1) == null ? match.group(2) : match.group(1));
        return bare.split("[?;&]", 2)[0];
    }

    /** A message with everything that is secret in the settings replaced. */
    static String withoutSecrets(String message, WarehouseSettings settings) {
        List<String> secrets = new ArrayList<>();
        settings.credentials().ifPresent(credentials -> secrets.add(credentials.password()));
        Matcher secret = SECRET.matcher(settings.url());
        while (secret.find()) {
            secrets.add(secret.group(1) == null ? secret.group(2) : secret.group(1));
        }
        String clean = message;
        for (String one : secrets) {
            clean = one.isEmpty() ? clean : clean.replace(one, "***");
        }
        return clean;
    }
}
