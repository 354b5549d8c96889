package dev.trafficlab.embedded.mesh.compile;

import dev.trafficlab.embedded.mesh.model.ObjectMeta;
import dev.trafficlab.embedded.mesh.model.UnsupportedReport;

/** Passes findings on, and notes whether a proxy would refuse what is being compiled. For one thread. */
final class PushRefusals implements UnsupportedReport {

    private final UnsupportedReport findings;
    private boolean any;

    PushRefusals(UnsupportedReport findings) {
        this.findings = findings;
    }

    @Override
    public void notSupported(String kind, String namespace, String name, String message) {
        findings.notSupported(kind, namespace, name, message);
    }

    @Override
    public void refused(ObjectMeta object, String message) {
        any = true;
        findings.notSupported(object, message
                + " Envoy refuses the routes as a whole: those from before stay in force until this is mended.");
    }

    /** Whether there was a refusal. */
    boolean any() {
        return any;
    }
}
