package dev.trafficlab.embedded.mesh;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.commons.statistics.inference.ChiSquareTest;

import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;
import dev.trafficlab.embedded.mesh.MeshAnswer.ConnectionRefused;
import dev.trafficlab.embedded.mesh.balance.HashRing;
import dev.trafficlab.embedded.mesh.balance.XxHash64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Judges one vector, expectation by expectation. An expectation that it does not know is a failure. */
final class VectorCheck {

    private static final int MANY = 8_000;
    private static final int SOME = 60;
    private static final double LEAST_P = 0.001;
    private static final JsonNode UNCHANGED = JsonNodeFactory.instance.objectNode();

    private final Vector vector;
    private final Vector.Lab lab;

    /**
     * Vectors whose even shares are an approximation. Without a key to hash, Envoy puts a random number in the hash's place
     * (envoy:source/extensions/load_balancing_policies/common/thread_aware_lb_impl.cc, chooseHost: {@code hash ? hash.value() :
     * random_.random()}), so pods get the shares of the ring that they own, which are near one third each but not equal to it.
     */
    private static final Set<String> SHARES_OF_THE_RING = Set.of("sticky-header-missing-is-random",
            "sticky-cookie-without-ttl-not-generated");

    VectorCheck(Vector vector, long seed) {
        this.vector = vector;
        this.lab = vector.lab(seed);
    }

    void run() {
        long before = lab.pods().millis();
        MeshAnswer answer = send(UNCHANGED);
        long latency = lab.pods().millis() - before;
        List<FakePods.Call> calls = lab.pods().takeCalls();
        vector.expect().properties().forEach(entry -> check(entry.getKey(), entry.getValue(), answer, latency, calls));
    }

    private MeshAnswer send(JsonNode change) {
        return lab.mesh().send(vector.request(change));
    }

    private void check(String key, JsonNode wanted, MeshAnswer answer, long latency, List<FakePods.Call> calls) {
        switch (key) {
            case "connection" -> assertThat(answer).isInstanceOf(ConnectionRefused.class);
            case "status" -> assertThat(answered(answer).response().status()).isEqualTo(wanted.asInt());
            case "body" -> assertThat(answered(answer).response().text()).isEqualTo(wanted.asText());
            case "bodyContains" -> assertThat(answered(answer).response().text()).contains(wanted.asText());
            case "responseFlag" -> assertThat(answered(answer).flags()).contains(wanted.asText());
            case "distribution", "statusDistribution" -> assertThat(chiSquare(key, wanted)).isGreaterThan(LEAST_P);
            case "backend" -> assertThat(backend(answer)).isEqualTo(wanted.asText());
            case "golden" -> wanted.forEach(this::checkGolden);
            case "upstreamPath" -> assertThat(calls.getFirst().request().target()).isEqualTo(wanted.asText());
            case "upstreamHost" -> assertThat(calls.getFirst().request().host()).isEqualTo(wanted.asText());
            case "upstreamHeaders" -> checkHeaders(wanted, calls.getFirst().request().headers());
            case "responseHeaders" -> checkHeaders(wanted, answered(answer).response().headers());
            case "upstreamAttempts" -> assertThat(calls.stream().filter(call -> !call.mirrored())).hasSize(wanted
                    .asInt());
            case "minLatencyMs" -> assertThat(latency).isGreaterThanOrEqualTo(wanted.asLong());
            case "maxLatencyMs" -> assertThat(latency).isLessThanOrEqualTo(wanted.asLong());
            case "sticky" -> checkSticky(wanted.asBoolean());
            case "stickyWithCookieJar" -> checkCookieJar();
            case "distinctPods" -> assertThat(podsOfSome(UNCHANGED)).hasSize(wanted.asInt());
            case "roundRobin" -> checkRotation();
            case "mirrored" -> checkMirrored(wanted);
            case "mirrorHost" -> assertThat(calls.stream().filter(FakePods.Call::mirrored).toList())
                    .allMatch(call -> call.request().host().equals(wanted.asText()))
                    .isNotEmpty();
            case "ringSize" -> assertThat(ringSize()).isEqualTo(wanted.asText());
            case "validationWarning" -> assertThat(wanted.asText()).as("told by admission, not by the mesh")
                    .isNotEmpty();
            case "stickyKey" -> assertThat(wanted.asText()).as("names what the others check").isNotEmpty();
            default -> throw new AssertionError("expectation that no check knows: " + key);
        }
    }

    private static Answered answered(MeshAnswer answer) {
        assertThat(answer).isInstanceOf(Answered.class);
        return (Answered) answer;
    }

    private static String backend(MeshAnswer answer) {
        return answered(answer).upstream().map(pod -> FakePods.deployment(pod.pod())).orElse("nobody");
    }

    private static void checkHeaders(JsonNode wanted, Headers headers) {
        wanted.properties().forEach(entry -> {
            List<String> values = headers.all(entry.getKey());
            if (entry.getValue().isNull()) {
                assertThat(values).as(entry.getKey()).isEmpty();
            } else if (entry.getValue().asText().equals("*")) {
                assertThat(values).as(entry.getKey()).isNotEmpty().noneMatch(String::isBlank);
            } else {
                assertThat(String.join(",", values)).as(entry.getKey()).isEqualTo(entry.getValue().asText());
            }
        });
    }

    private void checkGolden(JsonNode golden) {
        if (golden.has("hash")) {
            assertThat(Long.toUnsignedString(XxHash64.hash(golden.path("sourceIp").asText())))
                    .isEqualTo(golden.path("hash").asText());
        }
        assertThat(backend(send(golden))).as(golden.toString()).isEqualTo(golden.path("backend").asText());
        assertThat(podsOfSome(golden)).as(golden.toString()).hasSize(1);
    }

    private Set<String> podsOfSome(JsonNode change) {
        Set<String> pods = new HashSet<>();
        for (int i = 0; i < SOME; i++) {
            pods.add(answered(send(change)).upstream().map(MeshAnswer.Upstream::pod).orElse("nobody"));
        }
        return pods;
    }

    private void checkSticky(boolean wanted) {
        if (wanted) {
            assertThat(podsOfSome(UNCHANGED)).hasSize(1);
        } else {
            assertThat(podsOfSome(UNCHANGED)).hasSizeGreaterThan(1);
        }
    }

    /** Once the client sends back the cookies it was given, it stays where it is. */
    private void checkCookieJar() {
        Answered first = answered(send(UNCHANGED));
        String cookies = first.response()
                .headers()
                .all("set-cookie")
                .stream()
                .map(line -> line.split(";")[0])
                .collect(Collectors.joining("; "));
        JsonNode withCookies = cookies.isEmpty()
                ? UNCHANGED
                : JsonNodeFactory.instance.objectNode().put("cookie", cookies);
        assertThat(podsOfSome(withCookies)).hasSize(1);
    }

    private void checkRotation() {
        List<String> pods = new ArrayList<>();
        for (int i = 0; i < SOME; i++) {
            pods.add(answered(send(UNCHANGED)).upstream().orElseThrow().pod());
        }
        int different = new HashSet<>(pods).size();
        for (int i = different; i < SOME; i++) {
            assertThat(pods.get(i)).isEqualTo(pods.get(i - different));
        }
    }

    private void checkMirrored(JsonNode wanted) {
        lab.pods().takeCalls();
        for (int i = 0; i < MANY; i++) {
            send(UNCHANGED);
        }
        Map<String, Long> copies = lab.pods()
                .takeCalls()
                .stream()
                .filter(FakePods.Call::mirrored)
                .collect(Collectors.groupingBy(FakePods.Call::deployment, Collectors.counting()));
        assertThat(copies.keySet()).isEqualTo(wanted.properties()
                .stream()
                .map(Map.Entry::getKey)
                .collect(Collectors
                        .toSet()));
        wanted.properties().forEach(entry -> {
            double share = entry.getValue().asDouble();
            long copied = copies.getOrDefault(entry.getKey(), 0L);
            if (share == 1) {
                assertThat(copied).isEqualTo(MANY);
            } else {
                assertThat(p(new double[]{share * MANY, (1 - share) * MANY}, new long[]{copied, MANY - copied}))
                        .isGreaterThan(LEAST_P);
            }
        });
    }

    private String ringSize() {
        return lab.mesh()
                .trace(vector.request(UNCHANGED))
                .trace()
                .stages()
                .stream()
                .filter(stage -> stage.name().equals("load balancer"))
                .findFirst()
                .orElseThrow()
                .facts()
                .getOrDefault("ring size", "");
    }

    /** The p-values of all the vector's distributions. */
    List<Double> distributions() {
        return vector.expect()
                .properties()
                .stream()
                .filter(entry -> entry.getKey().endsWith("istribution") && entry.getValue().size() > 1)
                .map(entry -> chiSquare(entry.getKey(), entry.getValue()))
                .toList();
    }

    private double chiSquare(String key, JsonNode wanted) {
        Map<String, Long> seen = new TreeMap<>();
        for (int i = 0; i < MANY; i++) {
            Answered answer = answered(send(UNCHANGED));
            int status = answer.response().status();
            String outcome = key.equals("statusDistribution")
                    ? String.valueOf(status)
                    : status == 200 ? backend(answer) : "status:" + status;
            seen.merge(outcome, 1L, Long::sum);
        }
        lab.pods().takeCalls();
        List<String> outcomes = wanted.properties().stream().map(Map.Entry::getKey).toList();
        assertThat(outcomes).as("every outcome that was seen: %s", seen).containsAll(seen.keySet());
        if (outcomes.size() == 1) {
            return 1;
        }
        double[] expected = outcomes.stream().mapToDouble(outcome -> share(outcome, wanted) * MANY).toArray();
        long[] observed = outcomes.stream().mapToLong(outcome -> seen.getOrDefault(outcome, 0L)).toArray();
        return p(expected, observed);
    }

    private double share(String outcome, JsonNode wanted) {
        double told = wanted.path(outcome).asDouble();
        if (!SHARES_OF_THE_RING.contains(vector.id())) {
            return told;
        }
        JsonNode ips = vector.json().path("podIPs");
        List<String> pods = ips.properties().stream().map(Map.Entry::getKey).toList();
        HashRing ring = HashRing.of(pods.stream().map(pod -> ips.path(pod).get(0).asText() + ":3000").toList(), 1024);
        double owned = RingShares.of(ring).getOrDefault(pods.indexOf(outcome), 0.0);
        assertThat(owned).isCloseTo(told, within(0.03));
        return owned;
    }

    private static double p(double[] expected, long[] observed) {
        return ChiSquareTest.withDefaults().test(expected, observed).getPValue();
    }
}
