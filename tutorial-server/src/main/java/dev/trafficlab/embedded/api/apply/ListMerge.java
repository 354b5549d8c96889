package dev.trafficlab.embedded.api.apply;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * Merges two lists whose items have keys, in the order that structured-merge-diff gives them ({@code typed/merge.go}): items of the
 * object alone keep their places, shared ones stand as the configuration orders them, and those of the configuration alone come where it
 * has them among the shared ones. Takes time by the length of the lists.
 */
final class ListMerge {

    private final BinaryOperator<JsonNode> both;
    private final List<JsonNode> live = new ArrayList<>();
    private final List<String> liveKeys = new ArrayList<>();
    private final Set<String> repeated = new HashSet<>();
    private final Map<String, JsonNode> byKey = new LinkedHashMap<>();
    private final Map<String, JsonNode> config = new LinkedHashMap<>();
    private final List<String> configKeys;
    private final Deque<String> shared = new ArrayDeque<>();
    private final Set<String> done = new HashSet<>();
    private final ArrayNode merged = JsonNodeFactory.instance.arrayNode();
    private int left;
    private int right;

    private ListMerge(Function<JsonNode, String> key, ArrayNode live, ArrayNode config, BinaryOperator<JsonNode> both) {
        this.both = both;
        for (JsonNode item : live) {
            String name = key.apply(item);
            this.live.add(item);
            liveKeys.add(name);
            if (byKey.putIfAbsent(name, item) != null) {
                repeated.add(name);
            }
        }
        config.forEach(item -> this.config.putIfAbsent(key.apply(item), item));
        configKeys = List.copyOf(this.config.keySet());
        configKeys.stream().filter(byKey::containsKey).forEach(shared::add);
    }

    /**
     * The merged list, of copies.
     *
     * @param key what tells an item from all others of its list
     * @param both makes one item of the object's and the configuration's
     */
    static ArrayNode merge(Function<JsonNode, String> key, ArrayNode live, ArrayNode config,
            BinaryOperator<JsonNode> both) {
        ListMerge merge = new ListMerge(key, live, config, both);
        while (merge.left < merge.live.size() || merge.right < merge.configKeys.size()) {
            merge.step();
        }
        return merge.merged;
    }

    private void step() {
        if (left < live.size()) {
            String name = liveKeys.get(left);
            if (right < configKeys.size() && name.equals(configKeys.get(right))) {
                left++;
                takeConfigured();
                return;
            }
            if (!config.containsKey(name)) {
                merged.add(live.get(left++).deepCopy());
                return;
            }
            if (right < configKeys.size() && !shared.isEmpty() && !name.equals(shared.peek())) {
                // Shared, but the configuration has another one first: it comes where that has it.
                left++;
                return;
            }
            if (done.contains(name)) {
                left++;
            }
        }
        if (right < configKeys.size()) {
            takeConfigured();
        }
    }

    private void takeConfigured() {
        String name = configKeys.get(right++);
        JsonNode wanted = config.getOrDefault(name, JsonNodeFactory.instance.nullNode());
        JsonNode known = byKey.get(name);
        // One of several with the same key is not merged with any of them.
        merged.add(known == null || repeated.contains(name) ? wanted.deepCopy() : both.apply(known, wanted));
        done.add(name);
        if (name.equals(shared.peek())) {
            shared.remove();
        }
    }
}
