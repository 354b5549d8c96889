package dev.trafficlab.embedded.api.protobuf;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The messages that kubectl sends, with the field numbers of Kubernetes' {@code generated.proto} files. What kubectl can't set from its
 * command line is left out; a body that sets such a field is refused rather than read in part.
 */
final class KubernetesMessages {

    private static final ProtobufMessage METADATA = new ProtobufMessage().text(1, "name")
            .text(2, "generateName")
            .text(3, "namespace")
            .text(5, "uid")
            .text(6, "resourceVersion")
            .map(11, "labels")
            .map(12, "annotations")
            .texts(14, "finalizers");
    private static final ProtobufMessage SELECTOR = new ProtobufMessage().map(1, "matchLabels");
    private static final ProtobufMessage NAME = new ProtobufMessage().text(1, "name");

    /** By kind, as the envelope names it. */
    static final Map<String, ProtobufMessage> BY_KIND = Map.of("Namespace",
            object().message(2, "spec", () -> new ProtobufMessage().texts(1, "finalizers")), "ConfigMap",
            object().map(2, "data").bytesMap(3, "binaryData").flag(4, "immutable"), "ServiceAccount",
            object().messages(2, "secrets", () -> new ProtobufMessage().text(3, "name"))
                    .messages(3, "imagePullSecrets",
                            () -> NAME),
            "Pod", object().message(2, "spec", constant(podSpec())), "Deployment",
            object().message(2, "spec", constant(deploymentSpec())), "Service",
            object().message(2, "spec", constant(serviceSpec())), "SelfSubjectAccessReview",
            object().message(2, "spec", constant(accessReviewSpec())), "SelfSubjectRulesReview",
            object().message(2, "spec", () -> new ProtobufMessage().text(1, "namespace")), "SelfSubjectReview",
            object());

    private KubernetesMessages() {}

    private static ProtobufMessage object() {
        return new ProtobufMessage().message(1, "metadata", () -> METADATA);
    }

    private static Supplier<ProtobufMessage> constant(ProtobufMessage message) {
        return () -> message;
    }

    private static ProtobufMessage accessReviewSpec() {
        return new ProtobufMessage()
                .message(1, "resourceAttributes",
                        constant(new ProtobufMessage().text(1, "namespace")
                                .text(2, "verb")
                                .text(3, "group")
                                .text(4, "version")
                                .text(5, "resource")
                                .text(6, "subresource")
                                .text(7, "name")))
                .message(2, "nonResourceAttributes", constant(new ProtobufMessage().text(1, "path").text(2, "verb")));
    }

    private static ProtobufMessage deploymentSpec() {
        ProtobufMessage rollingUpdate = new ProtobufMessage().intOrString(1, "maxUnavailable")
                .intOrString(2, "maxSurge");
        ProtobufMessage strategy = new ProtobufMessage().text(1, "type")
                .message(2, "rollingUpdate", constant(rollingUpdate));
        ProtobufMessage template = new ProtobufMessage().message(1, "metadata", () -> METADATA)
                .message(2, "spec", constant(podSpec()));
        return new ProtobufMessage().pointer(1, "replicas")
                .message(2, "selector", () -> SELECTOR)
                .message(3, "template", constant(template))
                .message(4, "strategy", constant(strategy))
                .number(5, "minReadySeconds")
                .pointer(6, "revisionHistoryLimit")
                .flag(7, "paused")
                .pointer(9, "progressDeadlineSeconds");
    }

    private static ProtobufMessage podSpec() {
        return new ProtobufMessage().messages(2, "containers", constant(container()))
                .text(3, "restartPolicy")
                .pointer(4, "terminationGracePeriodSeconds")
                .text(6, "dnsPolicy")
                .map(7, "nodeSelector")
                .text(8, "serviceAccountName")
                .text(9, "serviceAccount")
                .text(10, "nodeName")
                .messages(15, "imagePullSecrets", () -> NAME)
                .text(16, "hostname")
                .text(19, "schedulerName")
                .messages(20, "initContainers", constant(container()));
    }

    private static ProtobufMessage container() {
        ProtobufMessage port = new ProtobufMessage().text(1, "name")
                .number(2, "hostPort")
                .number(3, "containerPort")
                .text(4,
                        "protocol")
                .text(5, "hostIP");
        ProtobufMessage variable = new ProtobufMessage().text(1, "name").text(2, "value");
        ProtobufMessage resources = new ProtobufMessage().quantities(1, "limits").quantities(2, "requests");
        return new ProtobufMessage().text(1, "name")
                .text(2, "image")
                .texts(3, "command")
                .texts(4, "args")
                .text(5, "workingDir")
                .messages(6, "ports", constant(port))
                .messages(7, "env", constant(variable))
                .message(8, "resources", constant(resources))
                .text(13, "terminationMessagePath")
                .text(14,
                        "imagePullPolicy")
                .flag(16, "stdin")
                .flag(17, "stdinOnce")
                .flag(18, "tty")
                .text(20, "terminationMessagePolicy");
    }

    private static ProtobufMessage serviceSpec() {
        ProtobufMessage port = new ProtobufMessage().text(1, "name")
                .text(2, "protocol")
                .number(3, "port")
                .intOrString(4, "targetPort")
                .number(5, "nodePort")
                .text(6, "appProtocol");
        return new ProtobufMessage().messages(1, "ports", constant(port))
                .map(2, "selector")
                .text(3, "clusterIP")
                .text(4,
                        "type")
                .texts(5, "externalIPs")
                .text(7, "sessionAffinity")
                .text(8, "loadBalancerIP")
                .text(10, "externalName")
                .texts(18, "clusterIPs");
    }
}
