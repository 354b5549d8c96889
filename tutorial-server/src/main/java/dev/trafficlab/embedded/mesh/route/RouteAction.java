package dev.trafficlab.embedded.mesh.route;

import java.util.List;
import java.util.Set;

import com.google.re2j.Pattern;

import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;

/** What a route does with a request. */
public sealed interface RouteAction {

    /**
     * Sends it on.
     *
     * @param destinations where to, by weight
     * @param rewrite how the path changes
     * @param authority the Host that the destination sees, empty to keep the client's
     * @param hashPolicies what is hashed for balancers that hash
     * @param timeoutMillis for all attempts together, 0 for none
     * @param retry when it is tried again
     * @param mirrors who gets a copy
     * @param fault what goes wrong on purpose
     * @param cors the answer to other origins
     */
    record Forward(WeightedClusters destinations, Rewrite rewrite, String authority, List<HashPolicy> hashPolicies,
            long timeoutMillis, Retry retry, List<Mirror> mirrors, Fault fault, Cors cors) implements RouteAction {

        public Forward {
            hashPolicies = List.copyOf(hashPolicies);
            mirrors = List.copyOf(mirrors);
        }
    }

    /**
     * Answers with another address. Empty texts and port 0 keep what the request has.
     */
    record Redirect(int status, String scheme, String authority, int port, String uri) implements RouteAction {}

    /** Answers by itself. */
    record DirectResponse(int status, String body) implements RouteAction {}

    /** How the path changes on its way to the destination. */
    sealed interface Rewrite {

        /** Not at all. */
        record Keep() implements Rewrite {}

        /** What the route matched is replaced; the whole path where a regular expression matched. */
        record Matched(String by) implements Rewrite {}

        /** Everything in the path that matches is replaced. */
        record Regex(Pattern pattern, String substitution) implements Rewrite {}
    }

    /**
     * When a request is tried again.
     *
     * @param attempts tries after the first, 0 for none
     * @param on Envoy's conditions, e.g. {@code connect-failure}
     * @param statuses the retriable status codes
     * @param perTryTimeoutMillis how long one try may take, 0 for as long as all
     * @param backoffMillis base of the random pause before a retry
     * @param avoidTried whether a host that was tried already is avoided
     */
    record Retry(int attempts, Set<String> on, Set<Integer> statuses, long perTryTimeoutMillis, long backoffMillis,
            boolean avoidTried) {

        /** Never. */
        public static final Retry NEVER = new Retry(0, Set.of(), Set.of(), 0, 25, false);

        public Retry {
            on = Set.copyOf(on);
            statuses = Set.copyOf(statuses);
        }
    }

    /** A destination of copies; the share in millionths. */
    record Mirror(UpstreamCluster cluster, int millionths) {}

    /**
     * What goes wrong on purpose; shares in millionths.
     *
     * @param abortGrpcStatus the status that gRPC clients see, -1 to derive it from the other
     */
    record Fault(int delayMillionths, long delayMillis, int abortMillionths, int abortStatus, int abortGrpcStatus) {

        /** Nothing. */
        public static final Fault NONE = new Fault(0, 0, 0, 0, -1);
    }

    /**
     * What browsers are told about other origins. Empty texts are not sent.
     *
     * @param on whether there is a policy
     * @param origins who is allowed
     * @param methods allowed methods, joined with commas
     * @param requestHeaders allowed request headers
     * @param exposedHeaders response headers that scripts may read
     * @param maxAge seconds, as text
     * @param credentials whether credentials are allowed
     * @param forwardUnmatched whether a preflight of another origin goes on to the destination
     */
    record Cors(boolean on, List<TextMatch> origins, String methods, String requestHeaders, String exposedHeaders,
            String maxAge, boolean credentials, boolean forwardUnmatched) {

        /** No policy. */
        public static final Cors NONE = new Cors(false, List.of(), "", "", "", "", false, true);

        public Cors {
            origins = List.copyOf(origins);
        }
    }
}
