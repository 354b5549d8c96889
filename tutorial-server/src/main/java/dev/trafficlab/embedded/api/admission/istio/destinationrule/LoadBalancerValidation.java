package dev.trafficlab.embedded.api.admission.istio.destinationrule;

import java.util.List;
import java.util.stream.LongStream;

import dev.trafficlab.embedded.api.admission.istio.Durations;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for how a destination's pods share its requests. */
final class LoadBalancerValidation {

    private static final long MAGLEV_LIMIT = 5_000_011;

    private final WebhookFindings findings;

    LoadBalancerValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    /** @param policy the policy that the load balancer belongs to */
    void check(ProtoJson balancer, ProtoJson policy) {
        balancer.message("consistentHash").ifPresent(this::checkHash);
        balancer.message("localityLbSetting").ifPresent(setting -> checkLocality(setting, policy));
        balancer.message("warmup").ifPresent(this::checkWarmup);
    }

    private void checkHash(ProtoJson hash) {
        if (hash.has("httpCookie") && !hash.at("httpCookie").isSet("name")) {
            findings.error("name required for HttpCookie");
        }
        if (hash.number("minimumRingSize") != 0) {
            findings.warning(
                    "consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration "
                            + "instead");
            if (hash.has("ringHash") || hash.has("maglev")) {
                findings.error("only one of MinimumRingSize or Maglev/Ringhash can be specified");
            }
        }
        hash.message("maglev").ifPresent(maglev -> checkTableSize(maglev.number("tableSize")));
    }

    private void checkTableSize(long size) {
        if (size == 0) {
            findings.error("tableSize must be set for maglev");
        }
        if (size >= MAGLEV_LIMIT) {
            findings.error("tableSize must be less than 5000011 for maglev");
        }
        if (!isPrime(size)) {
            findings.error("tableSize must be a prime number for maglev");
        }
    }

    /** As Envoy decides it, for which 1 is a prime. */
    private static boolean isPrime(long number) {
        if (number > 0 && number < 4) {
            return true;
        }
        return number % 2 != 0
                && LongStream.rangeClosed(3, (long) Math.sqrt(number)).noneMatch(factor -> number % factor == 0);
    }

    private void checkLocality(ProtoJson setting, ProtoJson policy) {
        boolean failover = !setting.messages("failover").isEmpty();
        if (failover && !setting.messages("distribute").isEmpty()) {
            findings.error("can not simultaneously specify 'distribute' and 'failover'");
            return;
        }
        for (ProtoJson locality : setting.messages("distribute")) {
            List<Long> weights = locality.keys("to").stream().map(locality.at("to")::number).toList();
            long total = weights.stream().mapToLong(Long::longValue).sum();
            if (weights.stream().anyMatch(weight -> weight <= 0 || weight > 100)) {
                findings.error("locality weight must be in range [1, 100]");
            } else if (total != 100) {
                findings.error("total locality weight " + total + " != 100");
            }
        }
        if ((failover || !setting.texts("failoverPriority").isEmpty()) && !policy.has("outlierDetection")) {
            findings.warning("outlier detection policy must be provided for failover");
        }
        setting.messages("failover")
                .stream()
                .filter(to -> to.text("from").equals(to.text("to")))
                .forEach(to -> findings.error("locality lb failover settings must specify different regions"));
    }

    private void checkWarmup(ProtoJson warmup) {
        if (!warmup.isSet("duration")) {
            findings.error("duration is required");
        }
        Durations.check(warmup, List.of("duration"), findings);
        if (warmup.decimal("minimumPercent") > 100) {
            findings.error("minimumPercent value should be less than or equal to 100");
        }
        if (warmup.has("aggression") && warmup.decimal("aggression") < 1) {
            findings.error("aggression should be greater than or equal to 1");
        }
    }
}
