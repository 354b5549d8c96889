package dev.trafficlab.embedded.api.write;

import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.Identity.AccessScope;
import dev.trafficlab.embedded.api.request.RequestInfo;

/** What the holder of a namespace's token may not change of the Namespace itself: the marks by which its keeper knows it. */
final class NamespaceGuard {

    private static final String MARK = "trafficlab.dev/";
    private static final String KEEPER = "app.kubernetes.io/managed-by";

    private NamespaceGuard() {}

    static void check(RequestInfo call, ObjectNode before, ObjectNode after) {
        if (call.identity().reach() == AccessScope.EVERYTHING || !call.type().kind().equals("Namespace")) {
            return;
        }
        boolean sameMarks = marks(before).equals(marks(after));
        boolean sameKeeper = before.at("/metadata/labels")
                .path(KEEPER)
                .equals(after.at("/metadata/labels")
                        .path(KEEPER));
        boolean sameRest = before.path("spec").equals(after.path("spec")) && before.path("status")
                .equals(after.path("status"))
                && before.at("/metadata/finalizers").equals(after.at("/metadata/finalizers"));
        if (!sameMarks || !sameKeeper || !sameRest) {
            throw ApiException.forbidden(call.type(), call.path().name(), "User \"" + call.identity().user()
                    + "\" may change labels and annotations of this namespace, but not its spec, nor what begins with "
                    + MARK
                    + ", nor the label " + KEEPER);
        }
    }

    private static TreeMap<String, JsonNode> marks(ObjectNode namespace) {
        TreeMap<String, JsonNode> marks = new TreeMap<>();
        namespace.at("/metadata/annotations")
                .properties()
                .stream()
                .filter(entry -> entry.getKey().startsWith(MARK))
                .forEach(entry -> marks.put(entry.getKey(), entry.getValue()));
        return marks;
    }
}
