package dev.trafficlab.web.api;

import java.util.List;
import java.util.Locale;

import dev.trafficlab.embedded.analysis.Finding;

/**
 * What the analysis found in an object.
 *
 * @param code the message code of {@code istioctl analyze}, or one of our own that begins with TL
 * @param level {@code error}, {@code warning} or {@code info}
 * @param kind the object's kind
 * @param name the object's name
 */
record FindingBody(String code, String level, String kind, String name, String message) {

    static List<FindingBody> of(List<Finding> findings, Locale locale) {
        return findings.stream()
                .map(finding -> new FindingBody(finding.kind().code(), finding.kind()
                        .level()
                        .name()
                        .toLowerCase(Locale.ROOT), finding.object().kind(), finding.object().name(), finding.message(
                                locale)))
                .toList();
    }
}
