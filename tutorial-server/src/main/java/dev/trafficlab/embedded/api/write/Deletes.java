package dev.trafficlab.embedded.api.write;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.Objects;
import dev.trafficlab.embedded.api.Reads;
import dev.trafficlab.embedded.api.Resources;
import dev.trafficlab.embedded.api.request.Query;
import dev.trafficlab.embedded.api.request.RequestBodies;
import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.response.RepresentationWriter;
import dev.trafficlab.embedded.api.response.Responses;
import dev.trafficlab.embedded.api.write.Deletion.Propagation;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.ObjectStore.Snapshot;
import dev.trafficlab.embedded.store.StoredObject;

/** Delete, one object or a collection. */
public final class Deletes {

    private final ObjectStore store;
    private final Objects objects;
    private final InstantSource clock;

    public Deletes(ObjectStore store, Objects objects, InstantSource clock) {
        this.store = store;
        this.objects = objects;
        this.clock = clock;
    }

    public ApiResponse delete(RequestInfo call) {
        ObjectNode options = RequestBodies.optionalObject(call.request());
        boolean dryRun = call.query().dryRun() || !options.path("dryRun").isEmpty();
        StoredObject left = objects.delete(call.type(), call.path().key(), deletion(call.query(), options), dryRun);
        if (Metadata.isTerminating(left.value())) {
            return Responses.json(200, RepresentationWriter.of(call, clock).object(left.value()));
        }
        return Responses.json(200, success(call, left));
    }

    private static ObjectNode success(RequestInfo call, StoredObject gone) {
        ObjectNode status = JsonNodeFactory.instance.objectNode().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        ObjectNode details = status.put("status", "Success").putObject("details");
        ApiException.describe(details, call.path().name(), call.type().group(), call.type().plural());
        details.put("uid", gone.value().path("metadata").path("uid").asText());
        return status;
    }

    public ApiResponse deleteCollection(RequestInfo call) {
        if (call.path().namespace().isEmpty() && (call.type().namespaced() || call.type().kind().equals("Namespace"))) {
            throw Resources.notAllowed();
        }
        ObjectNode options = RequestBodies.optionalObject(call.request());
        boolean dryRun = call.query().dryRun() || !options.path("dryRun").isEmpty();
        Deletion deletion = deletion(call.query(), options);
        Snapshot snapshot = store.list(call.type().resource(), call.path().namespace());
        List<StoredObject> deleted = new ArrayList<>();
        for (StoredObject object : snapshot.objects().stream().filter(Reads.wanted(call)).toList()) {
            try {
                deleted.add(objects.delete(call.type(), object.key(), deletion, dryRun));
            } catch (ApiException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
                // gone meanwhile, which is what was wanted
            }
        }
        return Responses.json(200, RepresentationWriter.of(call, clock)
                .list(deleted, store.revision(), Optional.empty()));
    }

    private static Deletion deletion(Query query, ObjectNode options) {
        OptionalLong grace = options.has("gracePeriodSeconds")
                ? OptionalLong.of(options.path("gracePeriodSeconds").asLong())
                : query.number("gracePeriodSeconds");
        JsonNode preconditions = options.path("preconditions");
        String revision = preconditions.path("resourceVersion").asText();
        return new Deletion(propagation(query, options), grace,
                Optional.of(preconditions.path("uid").asText()).filter(uid -> !uid.isEmpty()),
                revision.isEmpty() ? OptionalLong.empty()
                        : OptionalLong.of(Query.parse("v=" + revision).number("v").orElse(0)));
    }

    private static Optional<Propagation> propagation(Query query, ObjectNode options) {
        String policy = options.path("propagationPolicy").asText(query.first("propagationPolicy").orElse(""));
        return switch (policy) {
            case "Foreground" -> Optional.of(Propagation.FOREGROUND);
            case "Background" -> Optional.of(Propagation.BACKGROUND);
            case "Orphan" -> Optional.of(Propagation.ORPHAN);
            case "" -> options.path("orphanDependents").asBoolean() || query.flag("orphanDependents")
                    ? Optional.of(Propagation.ORPHAN)
                    : Optional.empty();
            default -> throw new ApiException(422, "Invalid",
                    "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported "
                            + "value: \"" + policy
                            + "\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"");
        };
    }
}
