package dev.trafficlab.embedded.mesh;

/** A version of Istio, as far as the data plane behaves differently. */
public record IstioVersion(int major, int minor) implements Comparable<IstioVersion> {

    /** The version that the lab behaves like. */
    public static final IstioVersion CURRENT = new IstioVersion(1, 30);

    /** Reads {@code 1.30}. */
    public static IstioVersion parse(String text) {
        String[] parts = text.split("\\.");
        return new IstioVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** Whether Services without load balancer settings are served in rotation, not by least requests. */
    public boolean roundRobinByDefault() {
        return isBefore(14);
    }

    /** Whether an answer 503 is retried by default. */
    public boolean retries503() {
        return isBefore(24);
    }

    /** Whether copies of requests carry {@code -shadow} at the end of their Host. */
    public boolean marksShadowHosts() {
        return isBefore(28);
    }

    private boolean isBefore(int otherMinor) {
        return compareTo(new IstioVersion(1, otherMinor)) < 0;
    }

    @Override
    public int compareTo(IstioVersion other) {
        int byMajor = Integer.compare(major, other.major);
        return byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
