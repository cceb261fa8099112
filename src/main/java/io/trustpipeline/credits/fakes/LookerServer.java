package io.trustpipeline.credits.fakes;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looker's API 4.0 as far as SQL is asked for: login, looks, queries by id and slug. Thread-safe. */
public final class LookerServer extends LoopbackServer {
    public static final String CLIENT_ID = "looker-client";
    public static final String CLIENT_SECRET = "looker-secret";

    private static final String API = "/api/4.0";

    private final Map<String, String> queries = new HashMap<>();
    private final Map<String, String> looks = new HashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private int logins;
    private int troubles;

    private LookerServer() {}

    public static LookerServer started() {
        LookerServer server = new LookerServer();
        server.start();
        return server;
    }

    /** A look with this id, whose query has the same id and a slug of {@code s} and the id. */
    public synchronized void put(String id, String sql) {
        looks.put(id, id);
        queries.put(id, sql);
    }

    /** Tokens that were given out until now are refused from now on. */
    public synchronized void expireTokens() {
        logins++;
    }

    /** The next so many answers are errors of the server. */
    public synchronized void trouble(int answers) {
        troubles = answers;
    }

    /** Methods and paths, as they came. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    synchronized Answer answer(String method, URI uri, Map<String, String> headers, String body) {
        requests.add(method + " " + uri);
        if (troubles > 0) {
            troubles--;
            return Answer.status(503, Map.of());
        }
        String path = uri.getPath();
        if (path.equals(API + "/login")) {
            return login(form(body));
        }
        if (!("token t" + logins).equals(headers.get("authorization"))) {
            return Answer.status(401, Map.of());
        }
        String[] parts = path.substring(path.indexOf(API) + API.length() + 1).split("/");
        if (parts[0].equals("looks") && looks.containsKey(parts[1])) {
            return Answer.json(JSON.createObjectNode().put("id", parts[1]).put("query_id", looks.get(parts[1])));
        }
        if (parts[0].equals("queries")) {
            return query(parts);
        }
        return Answer.status(404, Map.of());
    }

    private Answer login(Map<String, String> form) {
        if (!CLIENT_ID.equals(form.get("client_id")) || !CLIENT_SECRET.equals(form.get("client_secret"))) {
            return Answer.status(404, Map.of());
        }
        ObjectNode token = JSON.createObjectNode();
        token.put("access_token", "t" + logins).put("token_type", "Bearer").put("expires_in", 3600);
        return Answer.json(token);
    }

    private Answer query(String[] parts) {
        String id = parts[1].equals("slug") ? parts[2].substring(1) : parts[1];
        String sql = queries.get(id);
        if (sql == null) {
            return Answer.status(404, Map.of());
        }
        if (parts.length == 4 && parts[2].equals("run")) {
            return Answer.text(sql);
        }
        return Answer.json(JSON.createObjectNode().put("id", id).put("slug", "s" + id));
    }
}
