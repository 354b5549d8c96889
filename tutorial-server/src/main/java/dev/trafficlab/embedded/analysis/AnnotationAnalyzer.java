package dev.trafficlab.embedded.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;

/** Whether Istio knows an annotation of its own, and where it belongs. Istio: analysis/analyzers/annotations. */
final class AnnotationAnalyzer {

    private static final List<String> KINDS = List.of("Namespace", "Service", "Pod", "Deployment");
    /** Set by Istio itself, not by people. */
    private static final Set<String> GENERATED = Set.of("sidecar.istio.io/status",
            "gateway.istio.io/controller-version",
            "istio.io/rev");
    private static final String INJECT = "sidecar.istio.io/inject";
    private static final String INGRESS_CLASS = "kubernetes.io/ingress.class";
    private static final Pattern OF_ISTIO = Pattern.compile("[^/]*istio\\.io(/.*)?");
    private static final Properties KNOWN = known();

    private final Reporter reporter;

    AnnotationAnalyzer(Reporter reporter) {
        this.reporter = reporter;
    }

    /** Annotations of Istio's API 1.31 by name: the kinds that they belong on, and whether they are deprecated. */
    private static Properties known() {
        Properties known = new Properties();
        try (InputStream file = AnnotationAnalyzer.class.getResourceAsStream("annotations.properties")) {
            known.load(Objects.requireNonNull(file, "annotations.properties is missing"));
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void analyze(ObjectSet objects) {
        KINDS.forEach(kind -> objects.of(kind)
                .forEach(object -> object.annotations()
                        .keySet()
                        .stream()
                        .filter(name -> name.equals(INGRESS_CLASS) || OF_ISTIO.matcher(name).matches())
                        .filter(name -> !GENERATED.contains(name))
                        .forEach(name -> annotation(object, kind, name))));
    }

    private void annotation(Subject object, String kind, String name) {
        Optional<List<String>> words = Optional.ofNullable(KNOWN.getProperty(name))
                .map(text -> List.of(text.split(" ")));
        if (words.isEmpty()) {
            reporter.report(FindingKind.UNKNOWN_ANNOTATION, object, name);
            return;
        }
        boolean replaced = name.equals(INJECT) && object.labels().containsKey(INJECT);
        if (words.get().contains("deprecated") && !replaced) {
            reporter.report(FindingKind.DEPRECATED_ANNOTATION, object, name);
        }
        if (!words.get().contains("Any") && !words.get().contains(kind)) {
            String places = String.join(", ", words.get().stream().filter(word -> !word.equals("deprecated")).toList());
            reporter.report(FindingKind.MISPLACED_ANNOTATION, object, name, places);
        }
    }
}
