package dev.trafficlab.embedded.api;

import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

import dev.trafficlab.embedded.api.request.Query;
import dev.trafficlab.embedded.api.request.RequestBodies;
import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.request.ResourcePath;
import dev.trafficlab.embedded.api.response.Discovery;
import dev.trafficlab.embedded.api.response.FailureLog;
import dev.trafficlab.embedded.api.response.Responses;
import dev.trafficlab.embedded.api.stream.UnreadBytes;
import dev.trafficlab.embedded.api.watch.OpenStreams;
import dev.trafficlab.embedded.api.watch.Watches;
import dev.trafficlab.embedded.executor.FairExecutor;
import dev.trafficlab.embedded.executor.OverloadedException;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.StoreUnavailableException;

/**
 * The Kubernetes REST API: requests in, answers out, over any transport. Safe for any number of threads.
 *
 * <p>The work of a request is done by a {@link FairExecutor} for the namespace that it concerns; the thread that brings it only waits.
 * What goes to an app is an exception: that may take its time without needing a processor.
 */
public final class KubernetesApi implements AutoCloseable {

    private final Objects objects;
    private final Resources resources;
    private final Watches watches;
    private final OpenStreams streams;
    private final FairExecutor workers;
    private final FailureLog failures = new FailureLog();
    private final Discovery discovery = new Discovery();
    private final SelfReviews reviews = new SelfReviews();

    /** An API over the store's objects, which it writes by the same rules as everybody. */
    public KubernetesApi(ObjectStore store, Objects objects, PodAccess pods, InstantSource clock,
            FairExecutor workers) {
        this.objects = objects;
        this.streams = new OpenStreams(objects.quota().streams(),
                UnreadBytes.ofThisMachine(objects.quota().unreadBytes()));
        this.watches = new Watches(store, clock);
        this.resources = new Resources(store, objects, watches, pods, clock);
        this.workers = workers;
    }

    /** Responses one request; a bad one is answered with a Kubernetes {@code Status}, never with an exception. */
    public ApiResponse handle(ApiRequest request) {
        String owner = "";
        try {
            RequestBodies.requireSmall(request);
            if (Health.isPublic(request.path())) {
                return Health.answer(request.path());
            }
            Identity identity = Identity.of(request.caller(), objects);
            Optional<ResourcePath> path = ResourcePath.parse(request.path());
            owner = owner(identity, path);
            return handle(request, identity, path, owner);
        } catch (ApiException e) {
            return Responses.refusal(e);
        } catch (StoreUnavailableException e) {
            return Responses.refusal(ApiException.unavailable(e));
        } catch (OverloadedException e) {
            return Responses.refusal(ApiException.tooManyRequests(1));
        } catch (RuntimeException | StackOverflowError e) {
            String id = UUID.randomUUID().toString();
            failures.failed(owner, id, request, e);
            return Responses.refusal(new ApiException(500, "InternalError",
                    "Internal error occurred: the server's log tells of it under " + id));
        }
    }

    /** A token's holder is the owner of all they ask for; the server itself works for the namespace that it looks into. */
    private static String owner(Identity identity, Optional<ResourcePath> path) {
        return identity.home().isEmpty() ? path.map(ResourcePath::namespace).orElse("") : identity.home();
    }

    private ApiResponse handle(ApiRequest request, Identity identity, Optional<ResourcePath> path, String owner) {
        if (path.isPresent() && path.get().subresource().equals("proxy")) {
            return answer(request, identity, path);
        }
        ApiResponse answer = identity.reach() == Identity.AccessScope.EVERYTHING
                ? workers.callAlways(owner, () -> answer(request, identity, path))
                : workers.call(owner, () -> answer(request, identity, path));
        return answer instanceof ApiResponse.Streaming streaming ? startingFairly(streaming, owner) : answer;
    }

    /** A watch begins with a list; what follows is told by threads of the store. */
    private ApiResponse startingFairly(ApiResponse.Streaming streaming, String owner) {
        return new ApiResponse.Streaming(streaming.status(), streaming.headers(),
                sink -> workers.callAlways(owner, () -> streaming.stream().attach(sink)));
    }

    private ApiResponse answer(ApiRequest request, Identity identity, Optional<ResourcePath> path) {
        if (path.isPresent()) {
            RequestInfo call = new RequestInfo(request, Query.parse(request.query()), path.get(), identity);
            return streams.count(identity, resources.answer(call));
        }
        identity.requirePath(request.path());
        return reviews.answer(request, identity)
                .or(() -> discovery.answer(request))
                .or(() -> Responses.ofNoVersion(request.path()))
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
