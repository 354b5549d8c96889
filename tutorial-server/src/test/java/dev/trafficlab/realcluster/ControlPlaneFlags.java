package dev.trafficlab.realcluster;

import java.nio.file.Path;
import java.util.List;

/** The command lines of the control plane's programs: all on the loopback interface, nothing synced to disk. */
final class ControlPlaneFlags {

    private static final String CONTROLLERS = String.join(",", "namespace-controller", "serviceaccount-controller",
            "root-ca-certificate-publisher-controller", "deployment-controller", "replicaset-controller",
            "endpointslice-controller", "endpoints-controller", "garbage-collector-controller",
            "resourcequota-controller");

    private ControlPlaneFlags() {}

    static List<String> etcd(Binaries binaries, Path folder, int port) {
        String address = "http://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + Ports.free();
        return List.of(binaries.program("etcd"), "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + address, "--advertise-client-urls=" + address,
                "--listen-peer-urls=" + peer, "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer, "--unsafe-no-fsync", "--log-level=warn");
    }

    static List<String> apiServer(Binaries binaries, Credentials credentials, PodTunnel tunnel, int etcdPort,
            int port) {
        return List.of(binaries.program("kube-apiserver"), "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1", "--secure-port=" + port, "--cert-dir=" + credentials.folder(),
                "--authorization-mode=RBAC", "--token-auth-file=" + credentials.tokens(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + credentials.accountKey(),
                "--service-account-signing-key-file=" + credentials.accountKey(),
                "--service-cluster-ip-range=10.96.0.0/16", "--endpoint-reconciler-type=none",
                "--egress-selector-config-file=" + tunnel.writeSettings(credentials.folder().resolve("egress.yaml")));
    }

    static List<String> controllers(Binaries binaries, Credentials credentials, Path kubeconfig) {
        return List.of(binaries.program("kube-controller-manager"), "--kubeconfig=" + kubeconfig, "--secure-port=0",
                "--leader-elect=false", "--controllers=" + CONTROLLERS, "--kube-api-qps=500", "--kube-api-burst=1000",
                "--service-account-private-key-file=" + credentials.accountKey(),
                "--root-ca-file=" + credentials.servingCertificate());
    }
}
