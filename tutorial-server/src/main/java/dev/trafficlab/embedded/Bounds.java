package dev.trafficlab.embedded;

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

    /**
     * Managers that have applied one object. kube-apiserver has no limit but the object's size. Answer: 422 {@code Invalid}.
     */
    public static final int APPLY_MANAGERS = 20;

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

    // ---- mesh ----

    // ---- gateway ----
}
