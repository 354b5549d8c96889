package dev.trafficlab.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.trafficlab.inventory.Inventory.Entry;

/** Puts what belongs to another object below it: pods below ReplicaSets below Deployments, endpoints below their Service. */
final class OwnershipTree {

    private final Map<String, List<Item>> below = new HashMap<>();
    private final List<Item> roots = new ArrayList<>();

    private OwnershipTree(List<Item> items) {
        Map<String, String> services = new HashMap<>();
        Map<String, Item> known = new HashMap<>();
        items.forEach(item -> known.put(item.uid(), item));
        items.stream()
                .filter(item -> item.kind() == SeenKind.SERVICE)
                .forEach(item -> services.put(item.name(), item
                        .uid()));
        for (Item item : items) {
            Optional<String> parent = item.service()
                    .map(name -> services.getOrDefault(name, ""))
                    .or(item::owner)
                    .filter(known::containsKey);
            parent.map(uid -> below.computeIfAbsent(uid, _ -> new ArrayList<>())).orElse(roots).add(item);
        }
    }

    static List<Entry> of(List<Item> items) {
        OwnershipTree tree = new OwnershipTree(items.stream().filter(item -> !isScenery(item)).toList());
        return tree.entries(tree.roots);
    }

    static Entry entry(Item item, List<Entry> below) {
        return new Entry(item.title(), Statuses.text(item), Statuses.health(item), below);
    }

    private List<Entry> entries(List<Item> items) {
        return items.stream().map(item -> entry(item, entries(below.getOrDefault(item.uid(), List.of())))).toList();
    }

    /** Every namespace has it, and nobody learns anything from it; ReplicaSets without pods are only kept for an undo. */
    private static boolean isScenery(Item item) {
        return item.kind() == SeenKind.CONFIG_MAP && item.name().endsWith("root-ca.crt")
                || item.kind() == SeenKind.CONFIG_MAP && item.name().startsWith("istio-ca-root")
                || item.kind() == SeenKind.REPLICA_SET && item.spec().at("replicas").number(1) == 0;
    }
}
