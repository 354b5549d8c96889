package dev.trafficlab.lab.manifest;

import java.util.List;

import dev.trafficlab.lab.ManifestPlan;
import dev.trafficlab.lab.ManifestPreview;

/** Previews manifests by the plan that Apply would make, in which Apply wins over everybody else. */
public final class ClusterManifestPreview implements ManifestPreview {

    private final ManifestPlanner planner;

    public ClusterManifestPreview(ManifestPlanner planner) {
        this.planner = planner;
    }

    @Override
    public Review review(String labId, String yaml) {
        ManifestPlan plan = planner.plan(labId, yaml, true);
        if (plan.problems().isEmpty()) {
            return new Review(List.of(), plan.changes());
        }
        YamlPlaces places = new YamlPlaces(yaml);
        return new Review(plan.problems().stream().map(places::of).toList(), List.of());
    }
}
