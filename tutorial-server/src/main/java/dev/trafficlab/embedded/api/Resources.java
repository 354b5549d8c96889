package dev.trafficlab.embedded.api;

import java.time.InstantSource;

import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.request.ResourcePath;
import dev.trafficlab.embedded.api.watch.Logs;
import dev.trafficlab.embedded.api.watch.Watches;
import dev.trafficlab.embedded.api.write.Deletes;
import dev.trafficlab.embedded.api.write.Writes;
import dev.trafficlab.embedded.store.ObjectStore;

/** Requests for objects: checks the caller's rights, then does what the method says. */
public final class Resources {

    private final Reads reads;
    private final Watches watches;
    private final Writes writes;
    private final Deletes deletes;
    private final Scales scales;
    private final Logs logs;
    private final Proxies proxies;

    Resources(ObjectStore store, Objects objects, Watches watches, PodAccess pods, InstantSource clock) {
        this.reads = new Reads(store, clock);
        this.watches = watches;
        this.writes = new Writes(objects, clock);
        this.deletes = new Deletes(store, objects, clock);
        this.scales = new Scales(objects, clock);
        this.logs = new Logs(store, pods, clock);
        this.proxies = new Proxies(store, pods);
    }

    ApiResponse answer(RequestInfo call) {
        ResourcePath path = call.path();
        if (path.subresource().equals("proxy") && Proxies.serves(call.type())) {
            call.identity().require("proxy", path);
            return proxies.answer(call);
        }
        boolean watching = call.query().flag("watch") && path.subresource().isEmpty() && call.request()
                .method()
                .equals("GET");
        String verb = verb(call.request().method(), path, watching);
        call.identity().require(verb, path);
        if (call.type().readOnly() && !call.identity().mayWriteReadOnly() && !isReading(verb)) {
            throw notAllowed();
        }
        return switch (path.subresource()) {
            case "" -> onObject(call, verb);
            case "status" -> onStatus(call, verb);
            case "finalize" -> onFinalize(call, verb);
            case "scale" -> scales.answer(call, verb);
            case "log" -> logs.answer(call, verb);
            default -> throw unknown();
        };
    }

    private static String verb(String method, ResourcePath path, boolean watching) {
        boolean collection = path.name().isEmpty();
        return switch (method) {
            case "GET", "HEAD" -> watching ? "watch" : collection ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> throw notAllowed();
        };
    }

    private static boolean isReading(String verb) {
        return verb.equals("get") || verb.equals("list") || verb.equals("watch");
    }

    private ApiResponse onObject(RequestInfo call, String verb) {
        boolean collection = call.path().name().isEmpty();
        return switch (verb) {
            case "get" -> reads.get(call);
            case "list" -> reads.list(call);
            case "watch" -> watches.watch(call);
            case "create" -> {
                if (!collection || call.type().namespaced() && call.path().namespace().isEmpty()) {
                    throw notAllowed();
                }
                yield writes.create(call);
            }
            case "update" -> writes.update(named(call));
            case "patch" -> writes.patch(named(call));
            case "delete" -> deletes.delete(call);
            default -> deletes.deleteCollection(call);
        };
    }

    private static RequestInfo named(RequestInfo call) {
        if (call.path().name().isEmpty()) {
            throw notAllowed();
        }
        return call;
    }

    private ApiResponse onStatus(RequestInfo call, String verb) {
        if (!call.type().subresources().contains("status")) {
            throw unknown();
        }
        return switch (verb) {
            case "get" -> reads.get(call);
            case "update" -> writes.update(call);
            case "patch" -> writes.patch(call);
            default -> throw notAllowed();
        };
    }

    private ApiResponse onFinalize(RequestInfo call, String verb) {
        if (!call.type().kind().equals("Namespace")) {
            throw unknown();
        }
        if (!verb.equals("update")) {
            throw notAllowed();
        }
        return writes.update(call);
    }

    public static ApiException notAllowed() {
        return new ApiException(405, "MethodNotAllowed",
                "the server does not allow this method on the requested resource");
    }

    public static ApiException unknown() {
        return new ApiException(404, "NotFound", "the server could not find the requested resource");
    }
}
