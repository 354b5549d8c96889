package dev.trafficlab.embedded.controller.workload;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.controller.Resource;

/**
 * A Deployment with its ReplicaSets, and how many pods each may have.
 *
 * @param current the one of today's template, if there is one yet
 * @param old the others, oldest first
 */
record Rollout(Resource deployment, Optional<Resource> current, List<Resource> old) {

    static final String HASH = "pod-template-hash";

    static Rollout of(Resource deployment, List<Resource> sets) {
        List<Resource> byAge = sets.stream()
                .sorted(Comparator.comparing(Resource::created).thenComparing(Revisions::of))
                .toList();
        JsonNode template = deployment.spec().path("template");
        Optional<Resource> current = byAge.stream()
                .filter(set -> withoutHash(set.spec().path("template")).equals(template))
                .findFirst();
        List<Resource> old = new ArrayList<>(byAge);
        current.ifPresent(old::remove);
        return new Rollout(deployment, current, List.copyOf(old));
    }

    private static JsonNode withoutHash(JsonNode template) {
        JsonNode copy = template.deepCopy();
        if (copy.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(HASH);
        }
        return copy;
    }

    Rollout with(Resource newCurrent) {
        return new Rollout(deployment, Optional.of(newCurrent), old);
    }

    List<Resource> all() {
        List<Resource> all = new ArrayList<>(old);
        current.ifPresent(all::add);
        return all;
    }

    boolean isPaused() {
        return deployment.spec().path("paused").asBoolean();
    }

    boolean isRecreated() {
        return deployment.spec().path("strategy").path("type").asText().equals("Recreate");
    }

    int replicas() {
        return deployment.spec().path("replicas").asInt(1);
    }

    /** How many pods there may be for a while. */
    int most() {
        return replicas() + (isRecreated() || replicas() == 0 ? 0 : share("maxSurge", RoundingMode.CEILING));
    }

    /** How many pods must be available all the while. */
    int fewestAvailable() {
        return replicas() - maxUnavailable();
    }

    int maxUnavailable() {
        if (isRecreated() || replicas() == 0) {
            return 0;
        }
        int unavailable = share("maxUnavailable", RoundingMode.FLOOR);
        // With neither room above nor below, nothing could ever move.
        boolean stuck = unavailable == 0 && share("maxSurge", RoundingMode.CEILING) == 0;
        return Math.min(stuck ? 1 : unavailable, replicas());
    }

    private int share(String field, RoundingMode rounding) {
        JsonNode value = deployment.spec().path("strategy").path("rollingUpdate").path(field);
        String text = value.asText("25%");
        if (!text.endsWith("%")) {
            return value.asInt();
        }
        return new BigDecimal(text.substring(0, text.length() - 1)).multiply(BigDecimal.valueOf(replicas()))
                .divide(BigDecimal.valueOf(100))
                .setScale(0, rounding)
                .intValue();
    }

    /** How many pods the new ReplicaSet should have now. */
    int wantedOfCurrent() {
        int now = current.map(Rollout::wanted).orElse(0);
        if (isRecreated() || now >= replicas()) {
            return replicas();
        }
        int room = most() - sum(all(), set -> Math.max(wanted(set), actual(set)));
        return now + Math.max(0, Math.min(room, replicas() - now));
    }

    /** How many pods each old ReplicaSet should have now, in their order: first those that do not work give way, then the rest. */
    List<Integer> wantedOfOld() {
        List<Integer> wanted = new ArrayList<>(old.stream().map(Rollout::wanted).toList());
        if (isRecreated()) {
            wanted.replaceAll(count -> 0);
            return wanted;
        }
        int unavailable = current.map(set -> wanted(set) - available(set)).orElse(0);
        int dispensable = sum(all(), Rollout::wanted) - fewestAvailable() - unavailable;
        for (int i = 0; i < wanted.size() && dispensable > 0; i++) {
            int broken = Math.clamp(wanted(old.get(i)) - available(old.get(i)), 0, dispensable);
            wanted.set(i, wanted.get(i) - broken);
            dispensable -= broken;
        }
        // What a ReplicaSet says of its pods may be older than what it was last told, so both counts are a limit.
        int spare = Math.min(dispensable, sum(all(), Rollout::available) - fewestAvailable());
        for (int i = 0; i < wanted.size() && spare > 0; i++) {
            int given = Math.min(wanted.get(i), spare);
            wanted.set(i, wanted.get(i) - given);
            spare -= given;
        }
        return wanted;
    }

    /** Whether every pod is of today's template and available, and no other is left. */
    boolean isComplete() {
        return current.filter(set -> available(set) == replicas() && actual(set) == replicas()).isPresent()
                && sum(all(), Rollout::actual) == replicas();
    }

    static int wanted(Resource set) {
        return set.spec().path("replicas").asInt(1);
    }

    static int actual(Resource set) {
        return set.status().path("replicas").asInt();
    }

    static int ready(Resource set) {
        return set.status().path("readyReplicas").asInt();
    }

    static int available(Resource set) {
        return set.status().path("availableReplicas").asInt();
    }

    static int sum(List<Resource> sets, java.util.function.ToIntFunction<Resource> count) {
        return sets.stream().mapToInt(count).sum();
    }
}
