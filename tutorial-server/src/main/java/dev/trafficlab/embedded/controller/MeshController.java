package dev.trafficlab.embedded.controller;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import dev.trafficlab.embedded.analysis.Finding;
import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.controller.Controllers.MeshFindings;
import dev.trafficlab.embedded.controller.EventRecorder.EventMessage;
import dev.trafficlab.embedded.store.ObjectEvent;

/**
 * Tells in Events what the mesh cannot do of what its objects ask for, and what the analysis finds in them. Its object is a namespace as a
 * whole.
 */
final class MeshController implements Controller {

    private static final String COMPONENT = "istiod";
    private static final String ANALYSIS = "analysis";
    private static final List<String> ANALYSED = List.of("services", "deployments.apps", "namespaces");

    /** Objects of one manifest come one by one: what is found must have stayed true for as long before it is told. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private final ObjectClient state;
    private final EventRecorder events;
    private final InstantSource clock;
    private final Function<String, MeshFindings> findings;
    private final Map<String, Map<Finding, Instant>> since = new ConcurrentHashMap<>();

    /** @param findings what is found in the namespace's objects of this moment */
    MeshController(ObjectClient state, EventRecorder events, InstantSource clock,
            Function<String, MeshFindings> findings) {
        this.state = state;
        this.events = events;
        this.clock = clock;
        this.findings = findings;
    }

    @Override
    public void affected(ObjectEvent event, BiConsumer<String, String> concerned) {
        String resource = event.object().key().resource();
        if (resource.equals("namespaces")) {
            concerned.accept(event.object().key().name(), "");
        } else if (resource.endsWith(".istio.io") || ANALYSED.contains(resource)) {
            concerned.accept(event.object().key().namespace(), "");
        }
    }

    @Override
    public Optional<Duration> reconcile(String namespace, String none) {
        MeshFindings found = findings.apply(namespace);
        found.notSupported()
                .forEach(finding -> record(finding.kind(), finding.namespace(), finding.name(), COMPONENT,
                        "NotSupported",
                        finding.message()));
        return tell(namespace, found.analysed()
                .stream()
                .filter(finding -> finding.kind().level() != Finding.Level.INFO)
                .toList());
    }

    private Optional<Duration> tell(String namespace, List<Finding> found) {
        if (found.isEmpty()) {
            since.remove(namespace);
            return Optional.empty();
        }
        Instant now = clock.instant();
        Map<Finding, Instant> before = since.getOrDefault(namespace, Map.of());
        Map<Finding, Instant> known = new HashMap<>();
        found.forEach(finding -> known.put(finding, before.getOrDefault(finding, now)));
        since.put(namespace, known);
        List<Finding> settled = found.stream()
                .filter(finding -> !known.getOrDefault(finding, now).plus(SETTLING).isAfter(now))
                .toList();
        settled.forEach(finding -> record(finding.object().kind(), finding.object().namespace(), finding.object()
                .name(), ANALYSIS, finding.kind().code(), finding.message(Locale.ENGLISH)));
        return settled.size() == found.size() ? Optional.empty() : Optional.of(SETTLING);
    }

    private void record(String kind, String namespace, String name, String component, String reason, String message) {
        type(kind).flatMap(type -> state.find(type, namespace, name))
                .ifPresent(object -> events.recordOnce(object, component, EventMessage.warning(reason, message)));
    }

    private static Optional<ResourceType> type(String kind) {
        return ResourceTypes.byKind("networking.istio.io", "v1", kind)
                .or(() -> ResourceTypes.byKind("", "v1", kind))
                .or(() -> ResourceTypes.byKind("apps", "v1", kind));
    }
}
