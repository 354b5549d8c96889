package dev.trafficlab.traffic.tally;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of the experiment's subject as the lab's Deployments have them.
 *
 * @param label the label that names a pod's version
 * @param versions one entry a Deployment of the subject
 */
public record VersionCatalog(String label, List<Version> versions) {

    /** No Deployment of the subject is there. */
    public static final VersionCatalog EMPTY = new VersionCatalog("version", List.of());

    public VersionCatalog {
        versions = List.copyOf(versions);
    }

    /**
     * One Deployment of the subject.
     *
     * @param version its pods' version label, empty when they have none
     * @param reported what its pods report to the tally
     * @param labels its pods' labels
     * @param replicas how many pods it wants
     */
    public record Version(String version, String reported, Map<String, String> labels, int replicas) {

        public Version {
            labels = Map.copyOf(labels);
        }
    }

    /** The version that a pod of these labels belongs to, if it is one of the subject. */
    public Optional<Version> of(Map<String, String> labels) {
        return versions.stream()
                .filter(version -> labels.entrySet().containsAll(version.labels().entrySet()))
                .findFirst();
    }

    /** The versions whose pods all carry the labels. */
    List<Version> selected(Map<String, String> labels) {
        return versions.stream()
                .filter(version -> version.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }
}
