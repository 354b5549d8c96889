package dev.trafficlab.forwarded;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** The proxies whose forwarded headers count. */
public final class TrustedProxies {

    private final List<IpAddressMatcher> ranges;

    /**
     * Proxies at these addresses or in these ranges.
     *
     * @throws IllegalArgumentException when one is neither
     */
    public TrustedProxies(List<String> ranges) {
        this.ranges = ranges.stream()
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .map(TrustedProxies::range)
                .toList();
    }

    /** Whether the address is that of a trusted proxy. */
    public boolean contains(String address) {
        return IpLiteral.of(address)
                .filter(literal -> ranges.stream().anyMatch(range -> range.matches(literal.text())))
                .isPresent();
    }

    /**
     * What the request's headers tell, if their sender is trusted and told anything.
     *
     * @param peer the address of the connection's other end
     * @param headers all values of the header of that name, in their order
     * @param tls whether the connection itself is encrypted
     */
    public Optional<Forwarded> read(String peer, Function<String, List<String>> headers, boolean tls) {
        return contains(peer) ? ForwardedReading.of(this, peer, headers, tls) : Optional.empty();
    }

    private static IpAddressMatcher range(String text) {
        if (IpLiteral.of(text.replaceFirst("/\\d{1,3}$", "")).isEmpty()) {
            throw invalid(text);
        }
        try {
            return new IpAddressMatcher(text);
        } catch (IllegalArgumentException maskTooLong) {
            throw invalid(text);
        }
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("tutorial.trusted-proxies holds \"" + text
                + "\", which is neither an address nor a range. Write, for example, 10.0.0.7 or 10.1.0.0/16.");
    }
}
