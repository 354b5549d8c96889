package dev.trafficlab.inventory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Step;
import dev.trafficlab.inventory.Topology.Ghost;
import dev.trafficlab.inventory.Topology.ObjectName;

/** What each course will make, step by step; read once an edition. */
final class PlannedObjects {

    private final LabReader reader;
    private final LoadingCache<Course, List<Planned>> byCourse = Caffeine.newBuilder()
            .weakKeys()
            .build(this::read);

    PlannedObjects(LabReader reader) {
        this.reader = reader;
    }

    /** An object that a step makes, as it makes it first. */
    record Planned(Item item, Ghost ghost) {}

    List<Planned> of(Course course) {
        return byCourse.get(course);
    }

    private List<Planned> read(Course course) {
        List<Planned> planned = new ArrayList<>();
        Set<ObjectName> known = new HashSet<>();
        for (Step step : course.steps()) {
            Ghost ghost = new Ghost(step.id(), step.number(), step.label());
            for (Step.Manifest manifest : step.manifests()) {
                for (Item item : reader.parse(manifest.yaml())) {
                    if (known.add(item.title())) {
                        planned.add(new Planned(item, ghost));
                    }
                }
            }
        }
        return List.copyOf(planned);
    }
}
