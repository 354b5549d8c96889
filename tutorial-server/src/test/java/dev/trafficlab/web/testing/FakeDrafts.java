package dev.trafficlab.web.testing;

import java.util.List;

import dev.trafficlab.lab.ManifestPreview;

/** Drafts that change one line; what says "broken" is refused at its second line. */
public class FakeDrafts implements ManifestPreview {

    /** What they change. */
    static final List<Change> CHANGES = List.of(new Change("Service", "colors", "configured", List.of(new DiffLine(
            Sign.SAME, "spec:"), new DiffLine(Sign.REMOVED, "  weight: 10"), new DiffLine(Sign.ADDED,
                    "  weight: <20>"))));

    @Override
    public Review review(String labId, String yaml) {
        if (yaml.contains("broken")) {
            return new Review(List.of(new Diagnostic(2, 3, "Service colors", "unknown field \"<broken>\"")), List.of());
        }
        return new Review(List.of(), CHANGES);
    }
}
