package dev.trafficlab.embedded.api.admission;

import java.net.InetAddress;

import com.google.re2j.Pattern;

/** The syntax of IP addresses, without asking any name server. */
public final class IpAddresses {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private IpAddresses() {}

    /** Whether the text is an IPv4 or IPv6 address. */
    public static boolean isAddress(String text) {
        if (V4.matcher(text).matches()) {
            return true;
        }
        if (!V6_CHARACTERS.matcher(text).matches()) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
