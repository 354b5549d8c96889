package dev.trafficlab.forwarded;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrustedProxiesTests {

    private static final String PEER = "10.0.0.1";

    private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/24", "::1", "2001:db8:1::/48"));

    @ParameterizedTest
    @CsvSource({"10.0.0.7, true", "10.0.1.7, false", "192.168.0.1, false", "::1, true", "0:0:0:0:0:0:0:1, true",
        "::ffff:10.0.0.7, true", "2001:db8:1::7, true", "2001:db8:2::7, false", "localhost, false", "'', false"})
    void trustsWhomItIsTold(String address, boolean trusted) {
        assertThat(proxies.contains(address)).isEqualTo(trusted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "proxy.example.org", "10.0.0", "*"})
    void whatIsNoRangeIsRefusedWithTheSetting(String range) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(range))).hasMessageContaining("tutorial.trusted-proxies")
                .hasMessageContaining(range);
    }

    @Test
    void nothingCountsFromAnybodyElse() {
        assertThat(proxies.read("10.0.1.1", headers("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https"), false))
                .isEmpty();
    }

    @Test
    void aTrustedPeerThatTellsNothingIsTheClient() {
        assertThat(proxies.read(PEER, headers("Host: lab.example"), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // the last one that is no proxy of ours; what stands before it may be made up
        "203.0.113.9 | 203.0.113.9", "6.6.6.6, 203.0.113.9 | 203.0.113.9", "203.0.113.9, 10.0.0.2 | 203.0.113.9",
        "6.6.6.6, 203.0.113.9, 10.0.0.3, 10.0.0.2 | 203.0.113.9", "10.0.0.2 | 10.0.0.2",
        "203.0.113.9:4711 | 203.0.113.9", "[2001:db8:9::1]:80 | 2001:db8:9:0:0:0:0:1",
        // where it is hidden or malformed, the nearest known one
        "unknown | 10.0.0.1", "_secret, 10.0.0.2 | 10.0.0.2", "'' | 10.0.0.1", "203.0.113.9, | 10.0.0.1"})
    void theClientIsTheLastHopThatIsNotTrusted(String told, String client) {
        assertThat(read("X-Forwarded-For: " + told).client()).isEqualTo(client);
        List<String> quoted = Arrays.stream(told.split(",", -1)).map(hop -> "for=\"" + hop.strip() + "\"").toList();
        assertThat(read("Forwarded: " + String.join(", ", quoted)).client()).isEqualTo(client);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(read("X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 10.0.0.2")
                .client())
                .isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"https | https", "wss | https", "HTTPS | https", "http | http",
        "javascript | http", "https, http | http"})
    void theSchemeIsThatOfTheClientsConnection(String told, String scheme) {
        assertThat(read("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: " + told).scheme()).isEqualTo(scheme);
    }

    @Test
    void theSchemeStandsAtTheClientsPlace() {
        assertThat(read("X-Forwarded-For: 203.0.113.9, 10.0.0.2", "X-Forwarded-Proto: https, http").scheme()).isEqualTo(
                "https");
    }

    @ParameterizedTest
    @CsvSource({"lab.example, '', https, lab.example", "lab.example:443, '', https, lab.example",
        "lab.example:8443, '', https, lab.example:8443", "lab.example, 8443, https, lab.example:8443",
        "lab.example, 443, https, lab.example", "lab.example, 80, http, lab.example", "'', '', https, inside:8080",
        "evil/path, '', https, inside:8080", "[2001:db8::1]:8443, '', https, [2001:db8::1]:8443"})
    void theHostIsTheOneAskedFor(String host, String port, String scheme, String authority) {
        assertThat(read("Host: inside:8080", "X-Forwarded-Proto: " + scheme, "X-Forwarded-Host: " + host,
                "X-Forwarded-Port: " + port).host()).isEqualTo(authority);
    }

    @ParameterizedTest
    @CsvSource({"/lab, /lab", "/lab/, /lab", "/a/b, /a/b", "/, ''", "lab, ''", "//evil.example, ''", "/../x, ''",
        "'/a, /b', /a/b", "/a%0d%0a, ''"})
    void thePrefixIsAPlainPath(String told, String prefix) {
        assertThat(read("X-Forwarded-Prefix: " + told).prefix()).isEqualTo(prefix);
    }

    @Test
    void theStandardHeaderTellsAllInOne() {
        assertThat(read(
                "Forwarded: for=6.6.6.6;proto=http;host=evil.example, For=\"203.0.113.9:80\";Proto=https;Host=lab.example"))
                .isEqualTo(new Forwarded("203.0.113.9", "https", "lab.example", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"for", "for=\"1.2.3.4", "for=1.2.3.4 proto=https", "=", "for=;;"})
    void aMalformedStandardHeaderTellsNothing(String malformed) {
        assertThat(proxies.read(PEER, headers("Forwarded: " + malformed), false)).isEmpty();
    }

    @Test
    void whereBothKindsDisagreeNeitherClientIsBelieved() {
        assertThat(read("X-Forwarded-For: 203.0.113.9", "Forwarded: for=6.6.6.6").client()).isEqualTo(PEER);
        assertThat(read("X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9").client()).isEqualTo(
                "203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.9, 203.0.113.9", "::ffff:203.0.113.9, 203.0.113.9",
        "2001:db8:9:1:aaaa::1, 2001:db8:9:1:0:0:0:0/64", "2001:db8:9:1:bbbb::2, 2001:db8:9:1:0:0:0:0/64"})
    void aNetworkOfIpv6CountsAsOneClient(String address, String client) {
        assertThat(IpLiteral.client(address)).isEqualTo(client);
    }

    private Forwarded read(String... lines) {
        return proxies.read(PEER, headers(lines), false).orElseThrow();
    }

    private static Function<String, List<String>> headers(String... lines) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            headers.merge(line.substring(0, colon), List.of(value), (a, b) -> Stream.concat(a.stream(), b
                    .stream()).toList());
        }
        return name -> Optional.ofNullable(headers.get(name)).orElse(List.of());
    }
}
