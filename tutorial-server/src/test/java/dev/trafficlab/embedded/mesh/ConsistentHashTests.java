package dev.trafficlab.embedded.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.trafficlab.embedded.mesh.balance.HashRing;
import dev.trafficlab.embedded.mesh.balance.MaglevTable;
import dev.trafficlab.embedded.mesh.balance.XxHash64;

import static org.assertj.core.api.Assertions.assertThat;

/** What consistent hashing promises, for random sets of hosts. */
class ConsistentHashTests {

    private static final int CLIENTS = 4_000;

    /** A way to find the owner of a hash among hosts. */
    record Hashing(String name, Function<List<String>, Function<Long, String>> owners) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Hashing> hashings() {
        return Stream.of(new Hashing("ring", hosts -> {
            HashRing ring = HashRing.of(hosts, 1024);
            return hash -> hosts.get(ring.owner(ring.entry(hash)));
        }), new Hashing("maglev", hosts -> {
            MaglevTable table = MaglevTable.of(hosts, MaglevTable.DEFAULT_SIZE);
            return hash -> hosts.get(table.owner(table.slot(hash)));
        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hashings")
    void aHostThatGoesMovesLittleMoreThanItsOwnClientsAndComingBackRestoresAll(Hashing hashing) {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 20; round++) {
            List<String> hosts = randomHosts(random, 2 + random.nextInt(9));
            long[] clients = IntStream.range(0, CLIENTS)
                    .mapToLong(_ -> XxHash64.hash("client" + random.nextInt()))
                    .toArray();
            List<String> before = owners(hashing, hosts, clients);
            String gone = hosts.get(random.nextInt(hosts.size()));
            List<String> fewer = hosts.stream().filter(host -> !host.equals(gone)).toList();

            List<String> after = owners(hashing, fewer, clients);

            long moved = IntStream.range(0, CLIENTS).filter(i -> !before.get(i).equals(after.get(i))).count();
            long orphans = before.stream().filter(gone::equals).count();
            // Fewer hosts get more entries each, so some clients of others move too: never a second share of them.
            assertThat(moved).isBetween(orphans, (long) Math.min(CLIENTS, 2 * CLIENTS / hosts.size()));
            assertThat(owners(hashing, hosts, clients)).isEqualTo(before);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hashings")
    void theOrderOfHostsDoesNotMatter(Hashing hashing) {
        SplittableRandom random = new SplittableRandom(11);
        List<String> hosts = randomHosts(random, 6);
        long[] clients = IntStream.range(0, 500).mapToLong(_ -> random.nextLong()).toArray();

        assertThat(owners(hashing, hosts.reversed(), clients)).isEqualTo(owners(hashing, hosts, clients));
    }

    @Test
    void ringsHaveAtLeastTheirMinimumSizeAndEqualShares() {
        assertThat(HashRing.of(List.of("a:1", "b:1", "c:1"), 1024).size()).isEqualTo(1026);
        assertThat(HashRing.of(List.of("a:1"), 1024).size()).isEqualTo(1024);
        assertThat(HashRing.of(List.of("a:1", "b:1", "c:1"), 1).size()).isEqualTo(3);
    }

    /** Known answers of the reference implementation (xxhash.com, XXH64 with seed 0). */
    @Test
    void hashesLikeTheReference() {
        assertThat(Long.toHexString(XxHash64.hash(""))).isEqualTo("ef46db3751d8e999");
        assertThat(Long.toHexString(XxHash64.hash("a"))).isEqualTo("d24ec4f1a98c6e5b");
        assertThat(Long.toHexString(XxHash64.hash("abc"))).isEqualTo("44bc2cf5ad770999");
        assertThat(Long.toHexString(XxHash64.hash("Nobody inspects the spammish repetition")))
                .isEqualTo("fbcea83c8a378bf1");
    }

    private static List<String> owners(Hashing hashing, List<String> hosts, long[] clients) {
        Function<Long, String> owner = hashing.owners().apply(hosts);
        List<String> owners = new ArrayList<>();
        for (long client : clients) {
            owners.add(owner.apply(client));
        }
        return owners;
    }

    private static List<String> randomHosts(SplittableRandom random, int count) {
        return IntStream.range(0, 1000)
                .mapToObj(_ -> "10." + random.nextInt(256) + "." + random.nextInt(256) + "."
                        + random.nextInt(256) + ":3000")
                .distinct()
                .limit(count)
                .toList();
    }

    @Test
    void aLargeRingIsSortedAndEveryHostHasItsEntries() {
        List<String> hosts = List.of("10.0.0.1:3000", "10.0.0.2:3000", "10.0.0.3:3000");
        HashRing ring = HashRing.of(hosts, 200_000);
        int[] owned = new int[3];
        for (int entry = 0; entry < ring.size(); entry++) {
            owned[ring.owner(entry)]++;
            if (entry > 0) {
                assertThat(Long.compareUnsigned(ring.position(entry - 1), ring.position(entry))).isLessThanOrEqualTo(0);
            }
        }
        assertThat(owned).containsExactly(66_667, 66_667, 66_667);
        for (int i : new int[]{0, 1, 66_666}) {
            long hash = XxHash64.hash("10.0.0.2:3000_" + i);
            assertThat(ring.owner(ring.entry(hash))).isEqualTo(1);
        }
    }

    @Test
    void aRingOfEightMillionEntriesIsCutShortAndTold() {
        CourseLab lab = CourseLab.routing("")
                .with("""
                      apiVersion: networking.istio.io/v1
                      kind: DestinationRule
                      metadata: {name: colors}
                      spec:
                        host: colors
                        trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: user, ringHash: {minimumRingSize: 8388608}}}}
                      """)
                .ready();

        assertThat(lab.get("/").response().status()).isEqualTo(200);
        assertThat(lab.mesh().notSupported()).extracting(NotSupported::message)
                .anyMatch(message -> message.contains("minimumRingSize") && message.contains("262144"));
    }
}
