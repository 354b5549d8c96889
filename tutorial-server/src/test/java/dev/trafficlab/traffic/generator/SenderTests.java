package dev.trafficlab.traffic.generator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.traffic.ClientIdentity;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.ManualClock;
import dev.trafficlab.traffic.TrafficReport;
import dev.trafficlab.traffic.tally.SubjectReader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SenderTests {

    private final StubIngress ingress = new StubIngress();
    private final ManualClock clock = new ManualClock();
    private final Sender sender = new Sender(ingress, new SubjectReader(new UnusedCluster()), _ -> Optional.empty(),
            clock, _ -> false);

    @Test
    void everyRequestIsSentCountedAndTold() {
        List<SentRequest> told = Collections.synchronizedList(new ArrayList<>());

        TrafficReport report = sender.sendAll("lab", order(1000, 10), told::add);

        assertThat(report).isEqualTo(new TrafficReport(1000, Map.of("200", 1000), Map.of("v1", 500, "v2", 500)));
        assertThat(told).hasSize(1000);
    }

    @Test
    void clientsTakeTurnsAndKeepTheirAddresses() {
        sender.sendAll("lab", order(6, 3), request -> {});
        List<String> first = ingress.received.stream().map(MeshRequest::peer).sorted().toList();
        ingress.received.clear();
        sender.sendAll("lab", order(6, 3), request -> {});

        assertThat(first).containsExactly("10.200.0.1:30000", "10.200.0.1:30000", "10.200.0.2:30001",
                "10.200.0.2:30001",
                "10.200.0.3:30002", "10.200.0.3:30002");
        assertThat(ingress.received).extracting(MeshRequest::peer).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void everyClientHasAnAddressOfItsOwn() {
        List<String> addresses = IntStream.range(0, LoadSpec.MOST)
                .mapToObj(RequestFactory::peer)
                .map(peer -> peer.substring(0, peer.indexOf(':')))
                .toList();

        assertThat(addresses).doesNotHaveDuplicates()
                .allMatch(address -> address.matches("10\\.200\\.\\d{1,2}\\.(\\d{1,2}|1\\d\\d|2[0-4]\\d|250)"));
    }

    @Test
    void headersAreSentAndHostIsTheAuthority() {
        var order = new LoadSpec(1, "/x?y", 1, Map.of("HOST", "shop.example", "x-user", "ann"),
                LoadSpec.From.OUTSIDE);

        sender.sendAll("lab", order, request -> {});

        MeshRequest sent = ingress.received.getFirst();
        assertThat(sent.authority()).isEqualTo("shop.example");
        assertThat(sent.target()).isEqualTo("/x?y");
        assertThat(sent.origin()).isEqualTo(new MeshRequest.FromOutside(80));
        assertThat(sent.headers().fields()).containsExactlyInAnyOrder(new Headers.Field("x-user", "ann"),
                new Headers.Field("user-agent", "traffic-lab"), new Headers.Field("accept", "*/*"));
    }

    @Test
    void insideThereMustBeAPodToSendFrom() {
        var orders = RequestFactory.inside(new LoadSpec(1, "/", 1, Map.of(), LoadSpec.From.INSIDE), "lab",
                "logger-frontend-1", "colors");

        assertThat(orders.request(0).origin()).isEqualTo(new MeshRequest.FromPod("lab", "logger-frontend-1"));
        assertThat(orders.request(0).authority()).isEqualTo("colors");
    }

    @Test
    void slowAnswersEndTheOrderEarly() {
        TrafficReport report = sender.sendAll("lab", order(10_000, 1), request -> clock.advance(Duration.ofSeconds(1)));

        assertThat(report.sent()).isBetween(1, 60);
    }

    @Test
    void ordersOutOfBoundsCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> order(10_001, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> order(1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoadSpec(1, "colors", 1, Map.of(), LoadSpec.From.OUTSIDE));
    }

    @Test
    void clientsDifferByWhatTheOrderSays() {
        var byCookie = new LoadSpec(2, "/", 2, Map.of("Cookie", "a=b"), LoadSpec.From.OUTSIDE,
                new ClientIdentity(ClientIdentity.By.COOKIE, "user"));
        MeshRequest second = RequestFactory.outside(byCookie).request(1);
        assertThat(second.headers().first("cookie")).contains("a=b; user=client-2");
        assertThat(second.peer()).isEqualTo(RequestFactory.outside(byCookie).request(0).peer());

        var byHeader = new LoadSpec(2, "/", 2, Map.of(), LoadSpec.From.OUTSIDE,
                new ClientIdentity(ClientIdentity.By.HEADER, "x-user"));
        assertThat(RequestFactory.outside(byHeader).request(0).headers().first("x-user")).contains("client-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientIdentity(ClientIdentity.By.HEADER, "a b"));
    }

    @Test
    void reasonsAreKeptWhileSomebodyWatchesAndOnlyThen() {
        var watched = new Sender(ingress, new SubjectReader(new UnusedCluster()), _ -> Optional.empty(),
                clock, _ -> true);
        List<SentRequest> told = Collections.synchronizedList(new ArrayList<>());

        watched.sendAll("lab", order(1, 1), told::add);
        sender.sendAll("lab", order(1, 1), told::add);

        assertThat(told.getFirst().why().orElseThrow().path()).isEqualTo("/colors");
        assertThat(told.getFirst().why().orElseThrow().pod()).startsWith("colors-");
        assertThat(told.getLast().why()).isEmpty();
    }

    @Test
    void clientsKeepTheirCookiesAsABrowserDoes() {
        ingress.giving("group=v1; Path=/", "other=x; Path=/elsewhere", "gone=1; Max-Age=0");

        sender.sendAll("lab", order(6, 2), request -> {});

        assertThat(ingress.received).extracting(request -> request.headers().first("cookie").orElse(""))
                .containsExactlyInAnyOrder("", "", "group=v1", "group=v1", "group=v1", "group=v1");
    }

    @Test
    void aNewOrderBeginsWithNewClients() {
        ingress.giving("group=v1; Path=/");
        sender.sendAll("lab", order(2, 1), request -> {});
        ingress.received.clear();

        sender.sendAll("lab", order(1, 1), request -> {});

        assertThat(ingress.received.getFirst().headers().first("cookie")).isEmpty();
    }

    private static LoadSpec order(int requests, int clients) {
        return new LoadSpec(requests, "/colors", clients, Map.of(), LoadSpec.From.OUTSIDE);
    }
}
