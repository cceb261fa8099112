package io.trustpipeline.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectHead;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.StoredBytes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The list of its files that UNLOAD with MANIFEST writes after them (Amazon Redshift Database Developer Guide, "UNLOAD",
 * "Manifest"): {@code {"entries": [{"url": "s3://…", "meta": {"content_length": 1}}]}}. It is the last object that UNLOAD
 * writes, so what it names is all there is; objects that others left under the prefix are none of it.
 *
 * @param keys in the manifest's order
 */
record UnloadManifest(List<String> keys) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAME = "manifest";

    UnloadManifest {
        keys = List.copyOf(keys);
    }

    /**
     * Reads the manifest of an UNLOAD whose objects' keys begin with {@code prefix}, and looks each object up.
     *
     * @throws PipelineException DATA_REFUSED when there is none, or when an object is not the one that it names
     */
    static UnloadManifest read(ObjectStore store, String prefix) {
        String key = prefix + NAME;
        StoredBytes bytes = store.get(key)
                .orElseThrow(() -> refused(key, "is not there though the warehouse said that it unloaded"));
        List<String> keys = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode entry : entries(key, bytes)) {
            String file = file(store, prefix, key, entry);
            if (!seen.add(file)) {
                throw refused(key, "names " + file + " twice");
            }
            keys.add(file);
        }
        return new UnloadManifest(keys);
    }

    private static JsonNode entries(String key, StoredBytes bytes) {
        try {
            JsonNode entries = JSON.readTree(bytes.bytes()).path("entries");
            if (entries.isArray()) {
                return entries;
            }
        } catch (JsonProcessingException notJson) {
            // Said below, without the text.
        } catch (IOException unreadable) {
            throw new PipelineException(ExitCode.DATA_REFUSED, key + ": cannot be read", unreadable);
        }
        throw refused(key, "is not UNLOAD's: JSON with \"entries\"");
    }

    private static String file(ObjectStore store, String prefix, String manifest, JsonNode entry) {
        String url = entry.path("url").asText();
        String own = "s3://" + store.bucket() + "/";
        if (!url.startsWith(own + prefix)) {
            throw refused(manifest, "names \"" + url + "\", which is not below " + own + prefix);
        }
        String key = url.substring(own.length());
        ObjectHead head = store.head(key).orElseThrow(() -> refused(manifest, "names " + key + ", which is not there"));
        JsonNode length = entry.at("/meta/content_length");
        if (length.isIntegralNumber() && length.asLong() != head.size()) {
            throw refused(manifest, "says " + key + " has " + length + " bytes but it has " + head.size());
        }
        return key;
    }

    private static PipelineException refused(String manifest, String what) {
        return new PipelineException(ExitCode.DATA_REFUSED, manifest + ": " + what + "; start the run again");
    }
}
