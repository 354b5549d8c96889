package dev.trafficlab.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Share;
import dev.trafficlab.traffic.TracedRequest;
import dev.trafficlab.traffic.Traffic;
import dev.trafficlab.traffic.TrafficReport;

/** Traffic that answers as it was told to, and remembers what was asked of it. */
final class FakeTraffic implements Traffic {

    final List<LoadSpec> orders = new ArrayList<>();
    final List<String> forgotten = new ArrayList<>();
    private final Map<String, Integer> byStatus = new TreeMap<>();
    private final Map<String, Integer> byVersion = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    FakeTraffic answering(String status, Map<String, Integer> versions) {
        byStatus.clear();
        byStatus.put(status, versions.values().stream().mapToInt(Integer::intValue).sum());
        byVersion.clear();
        byVersion.putAll(versions);
        return this;
    }

    FakeTraffic counted(Map<String, Long> versions) {
        counts.clear();
        counts.putAll(versions);
        return this;
    }

    @Override
    public TrafficReport send(String namespace, LoadSpec order) {
        orders.add(order);
        return new TrafficReport(order.requests(), Map.copyOf(byStatus), Map.copyOf(byVersion));
    }

    @Override
    public Split split(String namespace) {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        List<Share> shares = counts.entrySet()
                .stream()
                .map(entry -> new Share("color-" + entry.getKey(), entry
                        .getKey(),
                        entry.getValue(), 100.0 * entry.getValue() / total, 0, 100, OptionalInt.empty()))
                .toList();
        return new Split(total, shares, Optional.empty(), OptionalDouble.empty());
    }

    @Override
    public void start(String namespace, LoadSpec order, int perSecond) {
        throw new UnsupportedOperationException("Labs start no traffic");
    }

    @Override
    public void stop(String namespace) {}

    @Override
    public TracedAnswer trace(String namespace, LoadSpec order) {
        throw new UnsupportedOperationException("Labs trace nothing");
    }

    @Override
    public TracedRequest follow(String namespace, LoadSpec order) {
        throw new UnsupportedOperationException("Labs trace nothing");
    }

    @Override
    public Optional<TracedRequest> reasons(String namespace, long number) {
        return Optional.empty();
    }

    @Override
    public void deleteLogs(String namespace) {
        counts.clear();
    }

    @Override
    public void forget(String namespace) {
        forgotten.add(namespace);
    }

    @Override
    public Watching watch(String namespace, Listener listener) {
        throw new UnsupportedOperationException("Labs watch nothing");
    }
}
