package dev.trafficlab.embedded.controller;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.controller.EventRecorder.EventMessage;
import dev.trafficlab.embedded.mesh.NotSupported;
import dev.trafficlab.embedded.store.ObjectEvent;

/** Tells in Events what the mesh cannot do of what its objects ask for. Its object is a namespace as a whole. */
final class MeshController implements Controller {

    private static final String COMPONENT = "istiod";

    private final ObjectClient state;
    private final EventRecorder events;
    private final Function<String, List<NotSupported>> findings;

    /** @param findings what the namespace's mesh does not support, by the objects of this moment */
    MeshController(ObjectClient state, EventRecorder events, Function<String, List<NotSupported>> findings) {
        this.state = state;
        this.events = events;
        this.findings = findings;
    }

    @Override
    public void affected(ObjectEvent event, BiConsumer<String, String> concerned) {
        if (event.type() != ObjectEvent.Type.DELETED && event.object().key().resource().endsWith(".istio.io")) {
            concerned.accept(event.object().key().namespace(), "");
        }
    }

    @Override
    public Optional<Duration> reconcile(String namespace, String none) {
        for (NotSupported finding : findings.apply(namespace)) {
            kind(finding).flatMap(type -> state.find(type, finding.namespace(), finding.name()))
                    .ifPresent(object -> events.recordOnce(object, COMPONENT, EventMessage.warning("NotSupported",
                            finding
                                    .message())));
        }
        return Optional.empty();
    }

    private static Optional<ResourceType> kind(NotSupported finding) {
        return ResourceTypes.byKind("networking.istio.io", "v1", finding.kind())
                .or(() -> ResourceTypes.byKind("", "v1", finding.kind()));
    }
}
