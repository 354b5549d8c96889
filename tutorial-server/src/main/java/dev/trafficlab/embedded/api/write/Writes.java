package dev.trafficlab.embedded.api.write;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.Objects;
import dev.trafficlab.embedded.api.WriteOptions;
import dev.trafficlab.embedded.api.WriteResult;
import dev.trafficlab.embedded.api.apply.FieldManager;
import dev.trafficlab.embedded.api.request.Decoding;
import dev.trafficlab.embedded.api.request.RequestBodies;
import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.response.RepresentationWriter;
import dev.trafficlab.embedded.api.response.Responses;
import dev.trafficlab.embedded.api.schema.Schemas;

/** Create, update and patch. */
public final class Writes {

    private static final int CREATED = 201;
    private static final int OK = 200;

    private final Objects objects;
    private final InstantSource clock;

    public Writes(Objects objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    public ApiResponse create(RequestInfo call) {
        ObjectNode object = RequestBodies.object(call.request());
        List<String> warnings = Decoding.accept(call, object);
        dropStatus(call, object);
        return answer(call, CREATED, objects.create(call.type(), object, tracked(call)), warnings);
    }

    public ApiResponse update(RequestInfo call) {
        ObjectNode object = RequestBodies.object(call.request());
        List<String> warnings = Decoding.accept(call, object);
        return answer(call, OK, change(call, _ -> object.deepCopy(), tracked(call)), warnings);
    }

    public ApiResponse patch(RequestInfo call) {
        Patches type = Patches.of(call);
        JsonNode patch = type.read(call);
        if (type == Patches.APPLY) {
            return apply(call, RequestBodies.requireObject(patch));
        }
        List<String> warnings = new ArrayList<>();
        WriteResult written = change(call, old -> {
            old.put("apiVersion", call.path().apiVersion());
            ObjectNode patched = type.apply(old, patch, Schemas.of(call.type()));
            warnings.clear();
            warnings.addAll(Decoding.acceptPatched(call, patched));
            return patched;
        }, tracked(call));
        return answer(call, OK, written, warnings);
    }

    private ApiResponse apply(RequestInfo call, ObjectNode config) {
        if (call.query().first("fieldManager").isEmpty()) {
            throw Decoding.fieldManagerRequired();
        }
        Decoding.acceptApplied(call, config);
        UpdateScope part = part(call);
        if (part == UpdateScope.STATUS) {
            config.retain("apiVersion", "kind", "metadata", "status");
        } else {
            dropStatus(call, config);
        }
        boolean force = call.query().flag("force");
        FieldManager manager = manager(call);
        WriteOptions writing = new WriteOptions(call.query().dryRun(), guard(call));
        if (objects.get(call.type(), call.path().namespace(), call.path().name()).isEmpty()
                && part != UpdateScope.STATUS) {
            try {
                ObjectNode fresh = manager.apply(JsonNodeFactory.instance.objectNode(), config, force);
                call.identity().require("create", call.path());
                return answer(call, CREATED, objects.create(call.type(), fresh, writing), List.of());
            } catch (ApiException e) {
                if (!e.reason().equals("AlreadyExists")) {
                    throw e;
                }
                // somebody was faster: apply to what they created
            }
        }
        return answer(call, OK, change(call, live -> manager.apply(live, config, force), writing), List.of());
    }

    private WriteResult change(RequestInfo call, UnaryOperator<ObjectNode> change, WriteOptions writing) {
        return objects.change(call.type(), call.path().key(), change, part(call), writing);
    }

    private ApiResponse answer(RequestInfo call, int status, WriteResult written, List<String> warnings) {
        ObjectNode object = written.object().value();
        return Responses.json(status, RepresentationWriter.of(call, clock).object(object), Decoding.together(warnings,
                written
                        .warnings()));
    }

    private WriteOptions tracked(RequestInfo call) {
        FieldManager manager = manager(call);
        BiConsumer<Optional<ObjectNode>, ObjectNode> guard = guard(call);
        return new WriteOptions(call.query().dryRun(), guard.andThen(manager::track));
    }

    private FieldManager manager(RequestInfo call) {
        return new FieldManager(Schemas.of(call.type()), call.fieldManager(), call.path().apiVersion(), call.path()
                .subresource(),
                Metadata.timestamp(clock.instant()));
    }

    private static BiConsumer<Optional<ObjectNode>, ObjectNode> guard(RequestInfo call) {
        return (before, after) -> before.ifPresent(old -> NamespaceGuard.check(call, old, after));
    }

    private static UpdateScope part(RequestInfo call) {
        return call.path().subresource().equals("status") ? UpdateScope.STATUS : UpdateScope.ALL_BUT_STATUS;
    }

    private static void dropStatus(RequestInfo call, ObjectNode object) {
        if (call.type().subresources().contains("status")) {
            object.remove("status");
        }
    }
}
