package dev.trafficlab.embedded;

import java.time.Duration;

/**
 * Every limit that keeps one client's work from becoming everybody's, in one place: what it is here, why, and what a real API server,
 * etcd or Envoy allows. A limit is enforced before the work is done, and what exceeds it is answered as Kubernetes or Envoy answers it.
 */
public final class Bounds {

    private Bounds() {}

    // ---- API: requests in ----

    /**
     * Bytes of one request's body. kube-apiserver takes 3 MiB ({@code MaxRequestBodyBytes}); a course's largest manifest has 4 KiB.
     * Answer: 413 {@code RequestEntityTooLarge}.
     */
    public static final int REQUEST_BYTES = 256 * 1024;

    /**
     * How deep a body (JSON, YAML) or what a patch makes of an object may nest; every walk over an object is recursive. Go's JSON decoder
     * stops at 10,000; the deepest field of the kinds served here lies at 20. Answer: 400 {@code BadRequest}.
     */
    public static final int NESTING = 100;

    /**
     * Characters of one number, sign, point and exponent included: making a number of digits takes time by their square. Kubernetes
     * keeps integers in 64 bits (20 digits) and all else in a double (17 digits matter). Answer: 400 {@code BadRequest}.
     */
    public static final int NUMBER_CHARACTERS = 40;

    /**
     * Aliases in one YAML body: each may stand for everything before it. kubectl resolves aliases before it sends; go-yaml bounds what
     * they make by a ratio. Answer: 400 {@code BadRequest}.
     */
    public static final int YAML_ALIASES = 10;

    /**
     * Bytes of a query. Go's server takes 1 MiB of headers with the request line; Tomcat here 8 KiB, the in-memory transport nothing by
     * itself. Answer: 414.
     */
    public static final int QUERY_BYTES = 8 * 1024;

    /**
     * Requirements of a label or field selector, and values of one {@code in}: each is tried on every object of a list. A real API
     * server has no limit of its own but that of the request line. Answer: 400 {@code BadRequest}.
     */
    public static final int SELECTOR_TERMS = 500;

    // ---- API: what is made of them ----

    /**
     * Bytes of one object as stored, its {@code managedFields} included: the body and as much again for who owns its fields. etcd takes
     * 1.5 MiB ({@code --max-request-bytes}). Answer: 413 {@code RequestEntityTooLarge}.
     */
    public static final int OBJECT_BYTES = 512 * 1024;

    /** Operations of one JSON patch, as kube-apiserver's {@code maxJSONPatchOperations}. Answer: 413 {@code RequestEntityTooLarge}. */
    public static final int JSON_PATCH_OPERATIONS = 10_000;

    /**
     * Bytes that the {@code copy} operations of one JSON patch may make together: each may double the object. kube-apiserver allows as
     * many as a request may have (3 MiB, {@code JSONPatchMaxCopyBytes}), and so does this. Answer: 422 {@code Invalid}.
     */
    public static final int JSON_PATCH_COPIED_BYTES = REQUEST_BYTES;

    /**
     * Managers that have an entry of their own in {@code managedFields} for updates; older ones share {@code ancient-changes}. As
     * kube-apiserver's {@code DefaultMaxUpdateManagers}.
     */
    public static final int UPDATE_MANAGERS = 10;

    /** Characters of a field manager's name, as kube-apiserver's {@code FieldManagerMaxLength}. Answer: 422 {@code Invalid}. */
    public static final int FIELD_MANAGER_CHARACTERS = 128;

    /**
     * Characters of a container's environment: variables may repeat one another ({@code $(NAME)}) and so double. Linux starts no process
     * with more than a quarter of its stack (2 MiB) of arguments and environment. Answer: the container does not start and says why.
     */
    public static final int ENVIRONMENT_CHARACTERS = 512 * 1024;

    /**
     * Pairs of prefixes that the search for covered ones compares in one VirtualService; it only warns. istiod compares all, which takes
     * time by their square.
     */
    public static final int PREFIX_COMPARISONS = 200_000;

    // ---- API: answers out ----

    /** Unknown or duplicate fields told of one object, as sigs.k8s.io/json's strict decoder tells; the rest is left out. */
    public static final int STRICT_ERRORS = 100;

    /** Causes listed in the Status of an invalid object; the rest is counted. kube-apiserver lists all of its 3 MiB. */
    public static final int FIELD_ERRORS = 100;

    /**
     * Characters of a value repeated in an error: enough to recognise it. kube-apiserver repeats all of it, which makes an answer many
     * times its request.
     */
    public static final int SHOWN_CHARACTERS = 4 * 1024;

    /** Characters of all warnings of one answer; beyond them each is cut. As kube-apiserver's {@code truncateAtTotalRunes}. */
    public static final int WARNING_CHARACTERS = 4 * 1024;

    /** Characters of one warning once warnings are cut. As kube-apiserver's {@code truncateItemRunes}. */
    public static final int WARNING_ITEM_CHARACTERS = 256;

    /**
     * Bytes of an answer's headers, those of a proxied app included: Tomcat refuses to send more than 8 KiB. Go's client takes 10 MiB.
     * What exceeds it: warnings are left out; an app's answer becomes 502 as from any proxy.
     */
    public static final int ANSWER_HEADER_BYTES = 7 * 1024;

    // ---- API: shares ----

    /**
     * Requests of one namespace that may wait for a worker; those beyond are answered 429 with Retry-After, as API priority and fairness
     * does ({@code queueLengthLimit} 50 for one flow's queue).
     */
    public static final int WAITING_REQUESTS = 100;

    // ---- mesh: what one request, or all of a lab's, may set off. Envoy has no such limits of its own: there a loop runs until
    // connections, ports or time are used up. Answer: 503, response flag UO, and a word in the routing trace. ----

    /** How many proxies a request may pass one after the other. Real call chains are a handful long. */
    public static final int MESH_HOPS = 20;

    /** Calls of pods that one request may set off in all: retries, copies and calls between apps count. */
    public static final int MESH_CALLS = 200;

    /** Calls that every request may set off without being counted against its lab's share; the course's own need three. */
    public static final int MESH_FREE_CALLS = 20;

    /** Calls beyond the free ones that a lab may make in a second, and save up at most twice that. */
    public static final int MESH_EXTRA_CALLS_PER_SECOND = 500;

    /** Requests under way in one lab at a time; Envoy's circuit breakers allow 1,024 unless configured. */
    public static final int MESH_REQUESTS = 1_024;

    /** Copies, and work that apps do after their answers, under way in one lab at a time. */
    public static final int MESH_BACKGROUND = 128;

    /** The longest that an injected delay holds a request; a longer one ends here. Envoy gives up an idle stream after five minutes, too. */
    public static final Duration MESH_DELAY = Duration.ofMinutes(5);

    /** Steps of regular expressions (characters times the size of the program) that one request may need: about 50 ms. */
    public static final long REGEX_STEPS = 2_000_000;

    /** Steps that every request may need without being counted against its lab's share. */
    public static final long FREE_REGEX_STEPS = 20_000;

    /** Steps beyond the free ones that a lab may need in a second, and save up at most four times that. */
    public static final long EXTRA_REGEX_STEPS_PER_SECOND = 10_000_000;

    // ---- mesh: what objects may cost when they are compiled. Answer: the object's rules are left out, and an Event says so. ----

    /** Entries of one ring at most; Envoy's own maximum is 8 Mi, 80 MiB. With 256 Ki the shares are right to a hundredth. */
    public static final long RING_ENTRIES = 256 * 1024;

    /** Slots of one Maglev table at most, the largest prime up to 256 Ki; Envoy's own maximum is 5,000,011. */
    public static final int MAGLEV_SLOTS = 262_139;

    /** Bytes that all rings and tables of a lab may take, but for the smallest ones. */
    public static final long HASH_TABLE_BYTES = 4L * 1024 * 1024;

    /** Clusters that routes and Services of a lab may name. */
    public static final int MESH_CLUSTERS = 1_000;

    /** Comparisons of host names, and placements of routes in virtual hosts, that a compilation may need: some 50 ms. */
    public static final long COMPILE_STEPS = 5_000_000;

    /** Instructions of all regular expressions of a lab, at some hundred bytes each. */
    public static final int REGEX_INSTRUCTIONS = 65_536;

    // ---- gateway: see also dev.trafficlab.gateway.connector.ConnectorBounds, which knows the web server ----

    /** Bytes of a request's header names and values. Envoy: {@code max_request_headers_kb}, 60. Answer: 431. */
    public static final int GATEWAY_HEADER_BYTES = 60 * 1024;

    /** Headers of a request. Envoy: {@code max_headers_count}, 100. Answer: 431. */
    public static final int GATEWAY_HEADERS = 100;

    /** Bytes of an answer's header names and values. Envoy: {@code max_response_headers_kb}, 60. Answer: 503. */
    public static final int GATEWAY_ANSWER_HEADER_BYTES = 60 * 1024;

    /** Requests of one lab under way at its gateway: 50 a second that take five seconds each. Answer: 429. */
    public static final int GATEWAY_REQUESTS = 256;

    /** Requests of one address under way at all gateways, unless it is a trusted proxy's. Answer: 429. */
    public static final int GATEWAY_REQUESTS_OF_AN_ADDRESS = 2_048;

    /** Bytes of bodies, in and out, of a lab's gateway in a second; four times that may be saved up. Answer: 429. */
    public static final long GATEWAY_BYTES_PER_SECOND = 16L * 1024 * 1024;
}
