package dev.trafficlab.course;

import java.util.List;
import java.util.Map;

/** Something that must hold for a step to be passed. */
public sealed interface Check {

    /** What holds, as a short sentence: "Three Services exist". */
    String name();

    /** What to do when it does not. */
    String hint();

    /** Objects of the kind exist under these names. */
    record ObjectsExist(String name, String hint, String kind, List<String> objects) implements Check {
        public ObjectsExist {
            objects = List.copyOf(objects);
        }
    }

    /** Every Deployment of the lab has all its replicas ready, each pod with so many containers. */
    record PodsReady(String name, String hint, int deployments, int containers) implements Check {}

    /** The lab's Namespace carries the label. */
    record NamespaceLabel(String name, String hint, String label, String value) implements Check {}

    /**
     * A request to the path is answered with the status: through the ingress gateway, or, when {@code inside}, from a pod of
     * the lab to the Service {@code colors}.
     */
    record Answers(String name, String hint, String path, boolean inside, int status) implements Check {}

    /** The DestinationRule defines these subsets by their {@code version} label. */
    record SubsetsDefined(String name, String hint, String destinationRule, List<String> subsets) implements Check {
        public SubsetsDefined {
            subsets = List.copyOf(subsets);
        }
    }

    /** The VirtualService's route for the path gives each subset this weight. */
    record RouteWeights(String name, String hint, String virtualService, String path, Map<String, Integer> weights)
            implements
                Check {
        public RouteWeights {
            weights = Map.copyOf(weights);
        }
    }

    /**
     * At least so many requests were counted, and their split fits the shares wanted by version. Shares stand in proportion
     * to each other: three times 33 is even.
     */
    record SplitFits(String name, String hint, int requests, Map<String, Integer> shares) implements Check {
        public SplitFits {
            shares = Map.copyOf(shares);
        }
    }

    /** So many requests of one client to the path reach one version only. */
    record OneClientOneVersion(String name, String hint, String path, int requests) implements Check {}
}
