package dev.trafficlab.gateway.connector;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.apache.coyote.Request;
import org.apache.tomcat.util.buf.MessageBytes;

/**
 * Which lab a request is for: the one that its path names ({@code /gateway/{lab}/…}) or its host
 * ({@code {lab}.localhost}).
 */
public final class GatewayAddresses {

    private static final String LOCAL = ".localhost";
    private static final Pattern LAB = Pattern.compile("lab-[a-z2-7]{10}");

    private final String prefix;
    private final List<String> domains;
    private final Predicate<String> labs;

    /**
     * @param contextPath the path below which this server is shown, empty for none
     * @param domain the domain whose hosts are labs beside those of {@code localhost}, empty for none
     */
    public GatewayAddresses(String contextPath, String domain, Predicate<String> labs) {
        this.prefix = contextPath + "/gateway/";
        this.domains = domain.isEmpty() ? List.of(LOCAL) : List.of(LOCAL, "." + domain.toLowerCase(Locale.ROOT));
        this.labs = labs;
    }

    /**
     * A request's lab, and what the lab's mesh gets to see of its target.
     *
     * @param target path and query as received, without a fragment
     * @param path what stands before the mesh's own path, empty where the lab has the whole site
     */
    public record Address(String lab, String target, String path) {

        /** Whether the lab has an origin of its own, which no page of this server shares. */
        public boolean ownSite() {
            return path.isEmpty();
        }
    }

    /** The lab that the request is for, empty where it is for this server's own pages. */
    public Optional<Address> of(Request request) {
        MessageBytes uri = request.requestURI();
        if (uri.getType() != MessageBytes.T_BYTES) {
            return Optional.empty();
        }
        Optional<String> site = site(request);
        if (site.isPresent()) {
            return site.map(lab -> new Address(lab, target(uri.toString(), request), ""));
        }
        if (!uri.getByteChunk().startsWith(prefix, 0)) {
            return Optional.empty();
        }
        String path = uri.toString().substring(prefix.length());
        int end = end(path);
        String lab = path.substring(0, end);
        return lab.isEmpty()
                ? Optional.empty()
                : Optional.of(new Address(lab, target(path.substring(end), request), prefix + lab));
    }

    /** Whether a request whose target could not be read was meant for a lab's gateway. */
    public boolean isMeant(Request request) {
        return RequestHeads.isFor(prefix, request);
    }

    private static int end(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '/' || path.charAt(i) == '#') {
                return i;
            }
        }
        return path.length();
    }

    /** A fragment is not sent on, as Istio has it ({@code http_reject_path_with_fragment: false}). */
    private static String target(String path, Request request) {
        String query = request.queryString().isNull() ? "" : "?" + request.queryString();
        String target = path + query;
        int fragment = target.indexOf('#');
        String sent = fragment < 0 ? target : target.substring(0, fragment);
        return sent.startsWith("/") ? sent : "/" + sent;
    }

    private Optional<String> site(Request request) {
        String host = request.getMimeHeaders().getHeader("host");
        if (host != null && host.indexOf('.') > 0) {
            int port = host.lastIndexOf(':');
            String name = (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
            Optional<String> lab = domains.stream()
                    .filter(name::endsWith)
                    .map(domain -> name.substring(0, name.length() - domain.length()))
                    .filter(label -> LAB.matcher(label).matches() || label.indexOf('.') < 0 && labs.test(label))
                    .findFirst();
            if (lab.isPresent()) {
                return lab;
            }
        }
        return Optional.empty();
    }
}
