package dev.trafficlab.embedded.mesh.route;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.trafficlab.embedded.mesh.balance.HostSelection;
import dev.trafficlab.embedded.mesh.balance.XxHash64;

/** What of a request is hashed to choose its pod: a DestinationRule's {@code consistentHash}. Envoy: http/hash_policy.cc. */
public sealed interface HashPolicy {

    /** Mixes the request's hash into the choice, if the request has what is to be hashed. */
    void hash(RequestHead head, HostSelection pick);

    /** What is hashed, in words: {@code the client's IP}. */
    String subject();

    /** What of this request is hashed, if it is there. */
    Optional<String> key(RequestHead head);

    /** The client's IP. */
    record SourceIp() implements HashPolicy {

        @Override
        public void hash(RequestHead head, HostSelection pick) {
            int end = head.peerIpEnd();
            int from = 0;
            if (head.peer().charAt(0) == '[') {
                from++;
                end--;
            }
            mix(pick, XxHash64.hash(head.peer(), from, end, 0));
        }

        @Override
        public String subject() {
            return "the client's IP address";
        }

        @Override
        public Optional<String> key(RequestHead head) {
            return Optional.of(head.peerIp());
        }
    }

    /** A header. */
    record Header(String name) implements HashPolicy {

        @Override
        public void hash(RequestHead head, HostSelection pick) {
            String value = head.header(name);
            if (value == null) {
                return;
            }
            mix(pick, head.lines(name) > 1 ? chained(head.headers().all(name)) : XxHash64.hash(value));
        }

        /** Several lines are hashed in sorted order, so that their order does not matter. */
        private static long chained(List<String> lines) {
            long hash = 0;
            for (String line : lines.stream().sorted().toList()) {
                hash = XxHash64.hash(line, hash);
            }
            return hash;
        }

        @Override
        public String subject() {
            return "the header " + name;
        }

        @Override
        public Optional<String> key(RequestHead head) {
            return Optional.ofNullable(head.header(name));
        }
    }

    /** A query parameter. */
    record QueryParameter(String name) implements HashPolicy {

        @Override
        public void hash(RequestHead head, HostSelection pick) {
            int start = head.parameterStart(name);
            if (start >= 0) {
                mix(pick, XxHash64.hash(head.target(), start, head.parameterEnd(start), 0));
            }
        }

        @Override
        public String subject() {
            return "the query parameter " + name;
        }

        @Override
        public Optional<String> key(RequestHead head) {
            int start = head.parameterStart(name);
            return start < 0
                    ? Optional.empty()
                    : Optional.of(head.target().substring(start, head.parameterEnd(start)));
        }
    }

    /**
     * A cookie, which the proxy makes up for who has none.
     *
     * @param name the cookie's name
     * @param path its path, empty for none
     * @param ttlSeconds how long the client keeps a made up one (0: until it closes); when absent none is made up
     * @param attributes further attributes of a made up one, {@code SameSite=Strict}
     */
    record Cookie(String name, String path, OptionalLong ttlSeconds, List<String> attributes) implements HashPolicy {

        public Cookie {
            attributes = List.copyOf(attributes);
        }

        @Override
        public void hash(RequestHead head, HostSelection pick) {
            key(head).ifPresent(value -> mix(pick, XxHash64.hash(value)));
        }

        @Override
        public String subject() {
            return "the cookie " + name;
        }

        @Override
        public Optional<String> key(RequestHead head) {
            return head.headers()
                    .all("cookie")
                    .stream()
                    .flatMap(line -> List.of(line.split(";")).stream())
                    .map(String::strip)
                    .filter(pair -> pair.startsWith(name + "="))
                    .findFirst()
                    .map(pair -> unquoted(pair.substring(name.length() + 1)))
                    .filter(value -> !value.isEmpty());
        }

        private static String unquoted(String value) {
            boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
            return quoted ? value.substring(1, value.length() - 1) : value;
        }

        /** The value that Envoy makes up for a connection between the two addresses ({@code ip:port}). */
        public static String madeUp(String remote, String local) {
            return String.format("%016x", XxHash64.hash(remote + local));
        }

        /** The Set-Cookie line for the value. */
        public String setCookie(String value) {
            StringBuilder line = new StringBuilder(name).append("=\"").append(value).append('"');
            if (ttlSeconds.orElse(0) > 0) {
                line.append("; Max-Age=").append(ttlSeconds.getAsLong());
            }
            if (!path.isEmpty()) {
                line.append("; Path=").append(path);
            }
            attributes.forEach(attribute -> line.append("; ").append(attribute));
            return line.append("; HttpOnly").toString();
        }
    }

    /** Adds one policy's hash to those before it, as Envoy combines several. */
    static void mix(HostSelection pick, long hash) {
        pick.hash = pick.hashed ? Long.rotateLeft(pick.hash, 1) ^ hash : hash;
        pick.hashed = true;
    }
}
