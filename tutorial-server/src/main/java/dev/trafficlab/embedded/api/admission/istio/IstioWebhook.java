package dev.trafficlab.embedded.api.admission.istio;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.api.admission.istio.destinationrule.DestinationRuleValidation;
import dev.trafficlab.embedded.api.admission.istio.virtualservice.VirtualServiceValidation;

/** Istio's validating webhook: asked about objects whose schema holds. */
public final class IstioWebhook {

    private static final List<String> RESERVED_ANNOTATIONS = List.of("internal.istio.io/parents",
            "internal.istio.io/parent-namespace");

    private IstioWebhook() {}

    /** Reviews an object of the kind. */
    public static Verdict review(String kind, JsonNode object) {
        Optional<String> undecodable = ProtoDecoding.check(kind, object.path("spec"));
        if (undecodable.isPresent()) {
            return new Verdict(undecodable.map(text -> "error decoding configuration: " + text),
                    undecodable.stream().toList(), List.of());
        }
        var findings = new WebhookFindings();
        var metadata = new ProtoJson(object.path("metadata"));
        Optional<String> forbidden = forbiddenAnnotation(metadata);
        if (forbidden.isPresent()) {
            findings.error(forbidden);
        } else {
            check(kind, metadata, new ProtoJson(object.path("spec")), findings);
        }
        return new Verdict(findings.denial().map(text -> "configuration is invalid: " + text), findings.errors(),
                findings.warnings());
    }

    private static void check(String kind, ProtoJson metadata, ProtoJson spec, WebhookFindings findings) {
        String namespace = metadata.text("namespace");
        switch (kind) {
            case "Gateway" -> new GatewayValidation(findings).check(metadata.text("name"), spec);
            case "VirtualService" -> new VirtualServiceValidation(spec, findings).check(namespace);
            case "DestinationRule" -> new DestinationRuleValidation(findings).check(spec, namespace);
            case "ServiceEntry" -> new ServiceEntryValidation(spec, findings).check(namespace);
            case "Sidecar" -> new SidecarValidation(findings).check(spec, namespace);
            default -> {
            }
        }
    }

    private static Optional<String> forbiddenAnnotation(ProtoJson metadata) {
        ProtoJson annotations = metadata.at("annotations");
        if (annotations.has("istio.io/dry-run")) {
            return Optional.of("%s/%s has unsupported annotation istio.io/dry-run, please remove the annotation"
                    .formatted(metadata.text("namespace"), metadata.text("name")));
        }
        return RESERVED_ANNOTATIONS.stream()
                .filter(annotations::has)
                .findFirst()
                .map(name -> DomainNames.quote(name) + " annotation found, this may not be set by users");
    }

    /**
     * What the webhook answers.
     *
     * @param denied why the object is refused; empty when it is not
     * @param errors the reasons one by one
     * @param remarks what is legal and still most likely not meant
     */
    public record Verdict(Optional<String> denied, List<String> errors, List<Warning> remarks) {

        public Verdict {
            errors = List.copyOf(errors);
            remarks = List.copyOf(remarks);
        }

        /** The texts of the remarks. */
        public List<String> warnings() {
            return remarks.stream().map(Warning::text).toList();
        }
    }

    /** A warning, in Istio's words. */
    public record Warning(About about, String text) {

        /** What a warning is about. */
        public enum About {
            /** A rule that no request gets to. */
            UNREACHABLE_RULE,
            /** A match that an earlier one covers. */
            INEFFECTIVE_MATCH,
            /** Anything else. */
            OTHER
        }
    }
}
