package dev.trafficlab.lab;

import java.util.List;

import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.manifest.ManifestObject;

/** The objects of a manifest, or the problems that keep it from being applied. */
public sealed interface ManifestReading {

    /** Every object may be sent to the lab. */
    record Readable(List<ManifestObject> objects) implements ManifestReading {
        public Readable {
            objects = List.copyOf(objects);
        }
    }

    /** Something stands in it that may not. */
    record Unreadable(List<Problem> problems) implements ManifestReading {
        public Unreadable {
            problems = List.copyOf(problems);
        }
    }
}
