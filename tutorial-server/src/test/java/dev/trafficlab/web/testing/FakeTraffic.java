package dev.trafficlab.web.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.RoutingTrace.Outcome;
import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.TracedRequest;
import dev.trafficlab.traffic.Traffic;
import dev.trafficlab.traffic.TrafficReport;

/** Traffic whose requests go to v1, v2 and v3 in the pattern 1, 3, 6 of ten, so that every figure is known beforehand. */
public class FakeTraffic implements Traffic {

    private final List<LiveSnapshot.Sent> sent = new ArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private int sending;

    @Override
    public synchronized TrafficReport send(String namespace, LoadSpec order) {
        for (int i = 0; i < order.requests(); i++) {
            sent.addFirst(new LiveSnapshot.Sent(sent.size() + 1, 200, version(sent.size())));
        }
        tell();
        return new TrafficReport(order.requests(), Map.of("200", order.requests()), Map.of("v3", order.requests()));
    }

    @Override
    public synchronized void start(String namespace, LoadSpec order, int perSecond) {
        sending = perSecond;
        tell();
    }

    @Override
    public synchronized void stop(String namespace) {
        sending = 0;
        tell();
    }

    @Override
    public TracedAnswer trace(String namespace, LoadSpec order) {
        return new TracedAnswer(new MeshAnswer.Answered(AppResponse.of(200, "text/html", "ok"), List.of(),
                Optional.of(new MeshAnswer.Upstream(namespace, "colors-v3-1", "10.0.0.3:3000", Map.of("version",
                        "v3")))),
                new RoutingTrace(List.of(new Stage("listener", Outcome.PASSED,
                        "The gateway my-gateway listens on port 80.", Map.of()),
                        new Stage("weights", Outcome.PASSED, "The dice fell on 73: that is v3's share.", Map.of("roll",
                                "73")))));
    }

    @Override
    public RoutePlan plan(String namespace, LoadSpec order) {
        return RoutePlan.unsent("nothing is planned here");
    }

    @Override
    public TracedRequest follow(String namespace, LoadSpec order) {
        return new TracedRequest(0, order.path(), 200, "colors-v3-1", "v3", "", trace(namespace, order).trace()
                .stages());
    }

    @Override
    public synchronized Optional<TracedRequest> reasons(String namespace, long number) {
        return sent.stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .map(one -> new TracedRequest(number,
                        "/colors", 200, "colors-" + one.version() + "-1", one.version(), "", List.of(new Stage(
                                "weights",
                                Outcome.PASSED, "The dice rolled 73.", Map.of("roll", "73", "sum of weights", "100",
                                        "v3",
                                        "40 to 99")))));
    }

    @Override
    public synchronized Split split(String namespace) {
        return picture().split();
    }

    @Override
    public synchronized void deleteLogs(String namespace) {
        sent.clear();
        tell();
    }

    @Override
    public void forget(String namespace) {
        deleteLogs(namespace);
    }

    @Override
    public synchronized Watching watch(String namespace, Listener listener) {
        listeners.add(listener);
        listener.see(picture());
        return () -> listeners.remove(listener);
    }

    /** How many watch now. */
    public int watchers() {
        return listeners.size();
    }

    private void tell() {
        LiveSnapshot picture = picture();
        listeners.forEach(listener -> listener.see(picture));
    }

    private LiveSnapshot picture() {
        Split split = new Split(sent.size(), List.of(share("crimson", "v1", 10), share("lightseagreen", "v2", 30),
                share("indigo", "v3", 60)), sent.size() < 50 ? Optional.empty() : Optional.of(true),
                sent.size() < 50 ? OptionalDouble.empty() : OptionalDouble.of(0.42));
        Map<String, Long> statuses = sent.isEmpty() ? Map.of() : Map.of("200", (long) sent.size());
        return new LiveSnapshot(split, sent.subList(0, Math.min(200, sent.size())), sending, statuses, sending);
    }

    private Split.Share share(String color, String version, int weight) {
        long count = sent.stream().filter(one -> one.version().equals(version)).count();
        double percent = sent.isEmpty() ? 0 : 100.0 * count / sent.size();
        double margin = sent.isEmpty() ? 50 : 98 / Math.sqrt(sent.size());
        return new Split.Share(color, version, count, percent, Math.max(0, percent - margin), Math.min(100, percent
                + margin),
                OptionalInt.of(weight));
    }

    private static String version(int number) {
        int place = number * 7 % 10;
        if (place < 1) {
            return "v1";
        }
        return place < 4 ? "v2" : "v3";
    }
}
