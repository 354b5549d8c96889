package dev.trafficlab.embedded.api;

import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.embedded.api.stream.UnreadBytes;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.StoreUnavailableException;

/** The Kubernetes REST API: requests in, answers out, over any transport. Safe for any number of threads. */
public final class KubernetesApi implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KubernetesApi.class);

    private final Objects objects;
    private final Resources resources;
    private final Watches watches;
    private final OpenStreams streams;
    private final Discovery discovery = new Discovery();
    private final SelfReviews reviews = new SelfReviews();

    /** An API over the store's objects, which it writes by the same rules as everybody. */
    public KubernetesApi(ObjectStore store, Objects objects, PodAccess pods, InstantSource clock) {
        this.objects = objects;
        this.streams = new OpenStreams(objects.quota().streams(),
                UnreadBytes.ofThisMachine(objects.quota().unreadBytes()));
        this.watches = new Watches(store, clock);
        this.resources = new Resources(store, objects, watches, pods, clock);
    }

    /** Responses one request; a bad one is answered with a Kubernetes {@code Status}, never with an exception. */
    public ApiResponse handle(ApiRequest request) {
        try {
            RequestBodies.requireSmall(request);
            return answer(request);
        } catch (ApiException e) {
            return Responses.refusal(e);
        } catch (StoreUnavailableException e) {
            return Responses.refusal(ApiException.unavailable(e));
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("method", request.method())
                    .addKeyValue("path", request.path())
                    .setCause(e)
                    .log("a request failed");
            return Responses.refusal(new ApiException(500, "InternalError",
                    "Internal error occurred: see the server's log"));
        }
    }

    private ApiResponse answer(ApiRequest request) {
        Identity identity = Identity.of(request.caller(), objects);
        String path = request.path();
        if (Health.isPublic(path)) {
            return Health.answer(path);
        }
        var named = ResourcePath.parse(path);
        if (named.isPresent()) {
            RequestInfo call = new RequestInfo(request, Query.parse(request.query()), named.get(), identity);
            return streams.count(identity, resources.answer(call));
        }
        identity.requirePath(path);
        return reviews.answer(request, identity)
                .or(() -> discovery.answer(request))
                .or(() -> Responses.ofNoVersion(path))
                .orElseThrow(Resources::unknown);
    }

    /** Ends every watch and followed log of other processes in order, as the server stops; new ones may still begin. */
    public void endStreams() {
        streams.endAll();
    }

    @Override
    public void close() {
        watches.close();
    }
}
