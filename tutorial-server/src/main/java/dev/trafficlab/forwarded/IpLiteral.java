package dev.trafficlab.forwarded;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IP address as text, in one spelling each: no port, no brackets, no zone, IPv4 where it is mapped into IPv6. */
public record IpLiteral(String text) {

    /** {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1}, {@code [2001:db8::1]}, {@code [2001:db8::1]:80}. */
    private static final Pattern NODE = Pattern.compile(
            "(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?|\\[([0-9a-fA-F:.]{2,45})](?::\\d{1,5})?|([0-9a-fA-F]*:[0-9a-fA-F:.]{1,44})(?:%.*)?");
    private static final int NETWORK_BYTES = 8;

    /** The address in the text, if that is one. Names are not looked up. */
    public static Optional<IpLiteral> of(String text) {
        return address(text).map(address -> new IpLiteral(address.getHostAddress()));
    }

    /**
     * What stands for one client where requests are counted by address: an IPv4 address, or the network of an IPv6 address, as a
     * single machine has 2<sup>64</sup> of these.
     */
    public static String client(String text) {
        return address(text).map(IpLiteral::network).orElse(text);
    }

    private static String network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("Sixteen bytes are an address", impossible);
        }
    }

    private static Optional<InetAddress> address(String text) {
        Matcher node = NODE.matcher(text.strip());
        if (!node.matches()) {
            return Optional.empty();
        }
        String literal = node.group(1) != null ? node.group(1) : node.group(2) != null ? node.group(2) : node.group(3);
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
