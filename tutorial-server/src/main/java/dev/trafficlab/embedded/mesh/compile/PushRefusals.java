package dev.trafficlab.embedded.mesh.compile;

import java.util.HashSet;
import java.util.Set;

import dev.trafficlab.embedded.mesh.model.ObjectMeta;
import dev.trafficlab.embedded.mesh.model.UnsupportedReport;

/** Passes findings on, and notes the ports whose routes a proxy would refuse, of those that are being compiled. For one thread. */
final class PushRefusals implements UnsupportedReport {

    private final UnsupportedReport findings;
    private final Set<Integer> ports = new HashSet<>();
    private int port;
    private boolean all;

    PushRefusals(UnsupportedReport findings) {
        this.findings = findings;
    }

    /** From here on it is the routes of this port. */
    void compiling(int newPort) {
        port = newPort;
    }

    @Override
    public void notSupported(String kind, String namespace, String name, String message) {
        findings.notSupported(kind, namespace, name, message);
    }

    @Override
    public void refused(ObjectMeta object, String message) {
        ports.add(port);
        findings.notSupported(object, message + " Envoy refuses the routes of port " + port
                + ": those from before stay in force until this is mended.");
    }

    @Override
    public void refusedPush(ObjectMeta object, String message) {
        all = true;
        findings.notSupported(object, message
                + " Envoy refuses the routes as a whole: those from before stay in force until this is mended.");
    }

    /** Whether the port's routes were refused. */
    boolean of(int asked) {
        return all || ports.contains(asked);
    }
}
