package dev.trafficlab.lab.backend;

import java.net.URI;

/** Writes the file with which a learner's own kubectl reaches the lab. */
public final class Kubeconfig {

    private Kubeconfig() {}

    /** kubectl sends no credentials over plain http, so there the secret is part of the address. */
    public static String of(String labId, String token, URI server) {
        boolean encrypted = "https".equals(server.getScheme());
        String api = address(server) + "/kubernetes" + (encrypted ? "" : "/s/" + token);
        String user = encrypted ? "\n    token: " + token : " {}";
        return """
               apiVersion: v1
               kind: Config
               current-context: traffic-lab
               clusters:
               - name: traffic-lab
                 cluster:
                   server: %s
               users:
               - name: learner
                 user:%s
               contexts:
               - name: traffic-lab
                 context:
                   cluster: traffic-lab
                   user: learner
                   namespace: %s
               """.formatted(api, user, labId);
    }

    private static String address(URI server) {
        boolean web = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
        if (!web || server.getRawAuthority() == null) {
            throw new IllegalArgumentException("The server's address must be an absolute http or https address");
        }
        String path = server.getRawPath() == null ? "" : server.getRawPath();
        return server.getScheme() + "://" + server.getRawAuthority() + path.replaceAll("/+$", "");
    }
}
