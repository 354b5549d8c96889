package dev.trafficlab.traffic;

/**
 * What tells one client from the next.
 *
 * @param by what differs
 * @param name the header's or cookie's name, empty for addresses
 */
public record ClientIdentity(By by, String name) {

    /** Each client has an address of its own. */
    public static final ClientIdentity ADDRESS = new ClientIdentity(By.ADDRESS, "");

    public ClientIdentity {
        if (by != By.ADDRESS && !name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}")) {
            throw new IllegalArgumentException("No header or cookie can be called \"" + name + "\"");
        }
    }

    /** The means to tell clients apart. */
    public enum By {
        /** The source address. */
        ADDRESS,
        /** A header's value. */
        HEADER,
        /** A cookie's value. */
        COOKIE
    }
}
