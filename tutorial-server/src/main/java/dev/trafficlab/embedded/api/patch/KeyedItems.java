package dev.trafficlab.embedded.api.patch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A list whose items are found by their merge key, so that a patch takes time by the lists' lengths and not by their product. */
final class KeyedItems {

    private final String key;
    /** A removed item leaves a missing node in its place. */
    private final List<JsonNode> items = new ArrayList<>();
    private final Map<String, List<Integer>> places = new HashMap<>();

    KeyedItems(String key, JsonNode list) {
        this.key = key;
        list.forEach(this::add);
    }

    private void add(JsonNode item) {
        places.computeIfAbsent(item.path(key).toString(), _ -> new ArrayList<>()).add(items.size());
        items.add(item);
    }

    /** Replaces the first item with the key, or adds one at the end; the change gets a missing node then. */
    void replace(JsonNode value, UnaryOperator<JsonNode> change) {
        List<Integer> found = places.get(value.toString());
        if (found == null) {
            add(change.apply(MissingNode.getInstance()));
        } else {
            items.set(found.getFirst(), change.apply(items.get(found.getFirst())));
        }
    }

    /** Takes out all items with the key. */
    List<JsonNode> remove(JsonNode value) {
        List<Integer> found = places.remove(value.toString());
        return found == null ? List.of()
                : found.stream().map(place -> items.set(place, MissingNode.getInstance())).toList();
    }

    /** The items that are left, in their order. */
    ArrayNode array() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.stream().filter(item -> !item.isMissingNode()).forEach(array::add);
        return array;
    }
}
