package dev.trafficlab.embedded.api;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

import dev.trafficlab.embedded.api.request.Continuation;
import dev.trafficlab.embedded.api.request.Query;
import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.response.RepresentationWriter;
import dev.trafficlab.embedded.api.response.Responses;
import dev.trafficlab.embedded.api.selector.FieldSelector;
import dev.trafficlab.embedded.api.selector.LabelSelector;
import dev.trafficlab.embedded.api.watch.Watches;
import dev.trafficlab.embedded.store.ObjectKey;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.ObjectStore.Snapshot;
import dev.trafficlab.embedded.store.StoredObject;

/** Get and list. */
public final class Reads {

    private static final int CHUNK = 500;

    private final ObjectStore store;
    private final InstantSource clock;

    Reads(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    ApiResponse get(RequestInfo call) {
        return Responses.json(200, RepresentationWriter.of(call, clock).object(find(call).value()));
    }

    StoredObject find(RequestInfo call) {
        return store.get(call.path().key()).orElseThrow(() -> ApiException.notFound(call.type(), call.path().name()));
    }

    ApiResponse list(RequestInfo call) {
        Page page = page(call);
        return Responses.json(200, RepresentationWriter.of(call, clock)
                .list(page.objects(), page.revision(), page.next()));
    }

    /**
     * A page of a list: what was found, as of a revision.
     *
     * @param next the token for the next page, when there is one
     */
    record Page(List<StoredObject> objects, long revision, Optional<String> next) {}

    /**
     * Reads as many matching objects as the client wants at once. Pages after the first show the objects as they are now under the
     * revision of the first: who watches from there hears of every difference.
     */
    private Page page(RequestInfo call) {
        Optional<Continuation> continuation = call.query().first("continue").map(Continuation::parse);
        continuation.ifPresent(token -> requireKnown(call.path().namespace(), token.revision()));
        if (continuation.isEmpty()) {
            requireRevision(call.query());
        }
        int limit = call.query().count("limit").orElse(0);
        if (limit == 0 && continuation.isEmpty()) {
            Snapshot snapshot = store.list(call.type().resource(), call.path().namespace());
            return new Page(snapshot.objects().stream().filter(wanted(call)).toList(), snapshot.revision(), Optional
                    .empty());
        }
        return chunks(call, continuation, limit == 0 ? Integer.MAX_VALUE : limit);
    }

    private Page chunks(RequestInfo call, Optional<Continuation> continuation, int limit) {
        Predicate<StoredObject> wanted = wanted(call);
        List<StoredObject> found = new ArrayList<>();
        Optional<ObjectKey> after = continuation.map(token -> token.after(call.type()));
        long revision = continuation.map(Continuation::revision).orElse(store.revision());
        while (true) {
            Snapshot chunk = store.page(call.type().resource(), call.path().namespace(), after, CHUNK);
            for (StoredObject object : chunk.objects()) {
                if (wanted.test(object)) {
                    if (found.size() == limit) {
                        return new Page(found, revision, Optional.of(Continuation.after(found.getLast(), revision)
                                .token()));
                    }
                    found.add(object);
                }
            }
            if (chunk.objects().size() < CHUNK) {
                return new Page(found, revision, Optional.empty());
            }
            after = Optional.of(chunk.objects().getLast().key());
        }
    }

    private void requireKnown(String namespace, long revision) {
        if (revision < store.oldestRevision(namespace)) {
            throw Watches.expired(
                    "The provided continue parameter is too old to display a consistent list result. You can start a "
                            + "new list without the continue parameter.");
        }
    }

    private void requireRevision(Query query) {
        OptionalLong wish = query.number("resourceVersion");
        if (wish.isEmpty()) {
            return;
        }
        if (wish.getAsLong() < 0) {
            throw ApiException.badRequest("resourceVersion: Invalid value: \"" + wish.getAsLong()
                    + "\": strconv.ParseUint: parsing \"" + wish.getAsLong() + "\": invalid syntax");
        }
        long current = store.revision();
        if (wish.getAsLong() > current) {
            throw new ApiException(504, "Timeout", "Too large resource version: " + wish.getAsLong() + ", current: "
                    + current,
                    details -> ApiException.cause(details.put("retryAfterSeconds", 1), "ResourceVersionTooLarge",
                            "Too large resource version", ""));
        }
        if (query.first("resourceVersionMatch").filter("Exact"::equals).isPresent() && wish.getAsLong() != current) {
            throw Watches.expired("The resourceVersion for the provided list is too old.");
        }
    }

    /** What the selectors and the caller's rights leave. */
    public static Predicate<StoredObject> wanted(RequestInfo call) {
        Optional<LabelSelector> labels = call.query().first("labelSelector").map(LabelSelector::parse);
        Optional<FieldSelector> fields = call.query()
                .first("fieldSelector")
                .map(text -> FieldSelector.parse(call
                        .type(), text));
        Optional<String> name = Optional.of(call.path().name()).filter(text -> !text.isEmpty());
        return object -> call.identity().sees(object)
                && labels.map(selector -> selector.matches(object.value())).orElse(true)
                && fields.map(selector -> selector.matches(object.value())).orElse(true)
                && name.map(object.key().name()::equals).orElse(true);
    }
}
