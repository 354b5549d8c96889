package dev.trafficlab.embedded.analysis;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** Says what is wrong, or most likely not meant, in a set of Kubernetes and Istio objects. */
public final class Analysis {

    private static final Comparator<Finding> ORDER = Comparator.comparing((Finding finding) -> finding.kind().level())
            .thenComparing(finding -> finding.object().kind())
            .thenComparing(finding -> finding.object().name());

    private Analysis() {}

    /** Takes what analyzers find. */
    record Reporter(Consumer<Finding> findings) {

        void report(FindingKind kind, Subject object, String... facts) {
            findings.accept(new Finding(kind, object.title(), List.of(facts)));
        }
    }

    /** What is found in the objects, which are all that there are: the most serious first. */
    public static List<Finding> of(Collection<? extends JsonNode> objects) {
        return of(new ObjectSet(objects, false));
    }

    /** The same for objects that were changed just now: pods that Deployments have not made yet count as if they were there. */
    public static List<Finding> ofSettling(Collection<? extends JsonNode> objects) {
        return of(new ObjectSet(objects, true));
    }

    private static List<Finding> of(ObjectSet objects) {
        Set<Finding> found = new LinkedHashSet<>();
        Reporter reporter = new Reporter(found::add);
        KnownHosts hosts = new KnownHosts(objects);
        Stream.<Consumer<ObjectSet>>of(new SchemaAnalyzer(reporter)::analyze,
                new GatewayAnalyzer(reporter)::analyze,
                new GatewayConflicts(reporter)::analyze,
                new VirtualServiceAnalyzer(reporter)::analyze,
                new DestinationAnalyzer(reporter, hosts)::analyze,
                new DestinationRuleAnalyzer(reporter, hosts)::analyze,
                new ServiceAnalyzer(reporter)::analyze,
                new ServiceEntryAnalyzer(reporter)::analyze,
                new SidecarAnalyzer(reporter)::analyze,
                new InjectionAnalyzer(reporter)::analyze,
                new DeploymentAnalyzer(reporter)::analyze,
                new AnnotationAnalyzer(reporter)::analyze,
                new SelectionAnalyzer(reporter)::analyze).forEach(analyzer -> analyzer.accept(objects));
        return found.stream().sorted(ORDER).toList();
    }
}
