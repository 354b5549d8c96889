package dev.trafficlab.embedded.api.watch;

import java.util.OptionalLong;
import java.util.function.Predicate;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.Reads;
import dev.trafficlab.embedded.api.request.Query;
import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.response.RepresentationWriter;
import dev.trafficlab.embedded.store.StoredObject;

/**
 * What a watcher wants.
 *
 * @param wanted which objects
 * @param view in which form
 * @param revision changes after it; empty: the present state first
 * @param initialEvents whether the present state comes first and ends with a bookmark
 * @param bookmarks whether to send bookmarks
 * @param timeoutSeconds when to end
 */
record WatchOrder(String resource, String namespace, Predicate<StoredObject> wanted, RepresentationWriter view,
        OptionalLong revision,
        boolean initialEvents, boolean bookmarks, OptionalLong timeoutSeconds) {

    static WatchOrder of(RequestInfo call, RepresentationWriter view) {
        Query query = call.query();
        boolean initialEvents = query.flag("sendInitialEvents");
        boolean bookmarks = query.flag("allowWatchBookmarks");
        if (initialEvents && !bookmarks) {
            throw ApiException.badRequest("sendInitialEvents requires setting allowWatchBookmarks to true");
        }
        OptionalLong revision = query.number("resourceVersion");
        boolean fromNow = initialEvents || revision.isEmpty() || revision.getAsLong() == 0;
        return new WatchOrder(call.type().resource(), call.path().namespace(), Reads.wanted(call), view,
                fromNow ? OptionalLong.empty() : revision, initialEvents, bookmarks, query.number("timeoutSeconds"));
    }
}
