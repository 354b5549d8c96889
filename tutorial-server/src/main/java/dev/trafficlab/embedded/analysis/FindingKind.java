package dev.trafficlab.embedded.analysis;

import dev.trafficlab.embedded.analysis.Finding.Level;

import static dev.trafficlab.embedded.analysis.Finding.Level.ERROR;
import static dev.trafficlab.embedded.analysis.Finding.Level.INFO;
import static dev.trafficlab.embedded.analysis.Finding.Level.WARNING;

/**
 * What may be found. Codes that begin with IST are those of {@code istioctl analyze}, levels too (Istio: analysis/msg/messages.yaml); one
 * code may stand for several kinds. Those that begin with TL are found here alone.
 */
public enum FindingKind {

    DEPRECATED_FIELD("IST0002", WARNING),
    HOST_NOT_FOUND("IST0101", ERROR),
    HOST_PORT_NOT_FOUND("IST0101", ERROR),
    SUBSET_NOT_FOUND("IST0101", ERROR),
    GATEWAY_NOT_FOUND("IST0101", ERROR),
    SELECTOR_SELECTS_NOTHING("IST0101", ERROR),
    CREDENTIAL_NOT_FOUND("IST0101", ERROR),
    NAMESPACE_NOT_INJECTED("IST0102", INFO),
    POD_WITHOUT_PROXY("IST0103", WARNING),
    INVALID("IST0106", ERROR),
    MISPLACED_ANNOTATION("IST0107", WARNING),
    UNKNOWN_ANNOTATION("IST0108", WARNING),
    MESH_HOST_TAKEN_TWICE("IST0109", ERROR),
    SIDECARS_SELECT_ONE_POD("IST0110", ERROR),
    SIDECARS_WITHOUT_SELECTOR("IST0111", ERROR),
    PORT_NEEDED("IST0112", ERROR),
    SERVICES_DISAGREE_ON_PROTOCOL("IST0116", WARNING),
    PORT_NAME_WITHOUT_PROTOCOL("IST0118", INFO),
    SEVERAL_INJECTION_LABELS("IST0123", WARNING),
    SERVER_NOT_VERIFIED("IST0128", WARNING),
    SERVER_NOT_VERIFIED_AT_PORT("IST0129", WARNING),
    RULE_UNREACHABLE("IST0130", WARNING),
    MATCH_INEFFECTIVE("IST0131", INFO),
    HOST_NOT_IN_GATEWAY("IST0132", WARNING),
    DOUBTFUL("IST0133", WARNING),
    ADDRESSES_NEEDED("IST0134", WARNING),
    DEPRECATED_ANNOTATION("IST0135", INFO),
    SERVICES_DISAGREE_ON_PORT("IST0137", WARNING),
    CERTIFICATE_USED_TWICE("IST0138", WARNING),
    SUBSETS_NOT_FOR_INGRESS("IST0140", WARNING),
    PROXY_UID("IST0144", WARNING),
    GATEWAYS_CONFLICT("IST0145", ERROR),
    IMAGE_AUTO_NEVER_INJECTED("IST0146", WARNING),
    IMAGE_AUTO_NOT_INJECTED("IST0147", ERROR),
    CLAIMS_WITHOUT_AUTHENTICATION("IST0149", ERROR),
    EXTERNAL_NAME_PORT("IST0150", WARNING),
    GATEWAY_PORT_NOT_IN_SERVICE("IST0162", WARNING),
    GATEWAY_IS_INTERNAL("IST0165", WARNING),
    SUBSET_WITHOUT_PODS("IST0173", ERROR),
    RULE_FOR_UNKNOWN_HOST("IST0174", WARNING),
    PROTOCOLS_CONFLICT("IST0177", WARNING),
    SERVICE_WITHOUT_PODS("TL0001", WARNING),
    LABEL_NOT_ON_PODS("TL0002", WARNING);

    private final String code;
    private final Level level;

    FindingKind(String code, Level level) {
        this.code = code;
        this.level = level;
    }

    /** Its message code. */
    public String code() {
        return code;
    }

    /** How much it matters. */
    public Level level() {
        return level;
    }
}
