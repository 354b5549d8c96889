package dev.trafficlab.embedded.api.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.store.ObjectKey;
import dev.trafficlab.embedded.store.StoredObject;

/**
 * Where the next page of a list begins.
 *
 * @param revision the revision of the first page
 * @param namespace of the object that the page before ended with
 * @param name of that object
 */
public record Continuation(long revision, String namespace, String name) {

    public static Continuation after(StoredObject last, long revision) {
        return new Continuation(revision, last.key().namespace(), last.key().name());
    }

    public static Continuation parse(String token) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("/", -1);
            return new Continuation(Long.parseLong(parts[0]), parts[1], parts[2]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw ApiException.badRequest("continue key is not valid: " + token);
        }
    }

    public String token() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((revision + "/" + namespace + "/" + name).getBytes(StandardCharsets.UTF_8));
    }

    public ObjectKey after(ResourceType type) {
        return new ObjectKey(type.resource(), namespace, name);
    }
}
