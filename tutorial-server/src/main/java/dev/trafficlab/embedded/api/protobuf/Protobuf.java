package dev.trafficlab.embedded.api.protobuf;

import java.util.Arrays;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads {@code application/vnd.kubernetes.protobuf}: the four bytes {@code k8s\0}, then an envelope that names the kind. */
public final class Protobuf {

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int TYPE_META = 1;
    private static final int RAW = 2;

    private Protobuf() {}

    /**
     * The object in the body as JSON, empty when its kind, or a field that it sets, is none that is read here (answer 415 then).
     *
     * @throws MalformedProtobufException when the body is no Kubernetes protobuf at all
     */
    public static Optional<ObjectNode> decode(byte[] body) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new MalformedProtobufException("the body does not start with k8s and a zero byte");
        }
        try {
            return object(Envelope.read(Arrays.copyOfRange(body, MAGIC.length, body.length)));
        } catch (ProtobufMessage.UnknownFieldException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<ObjectNode> object(Envelope envelope) {
        ProtobufMessage message = KubernetesMessages.BY_KIND.get(envelope.kind());
        if (message == null) {
            return Optional.empty();
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode()
                .put("apiVersion", envelope.apiVersion())
                .put("kind", envelope.kind());
        object.setAll(message.read(envelope.raw()));
        return Optional.of(object);
    }

    /** {@code runtime.Unknown} of Kubernetes' apimachinery. */
    private record Envelope(String apiVersion, String kind, byte[] raw) {

        private static final ProtobufMessage TYPE = new ProtobufMessage().text(1, "apiVersion").text(2, "kind");

        static Envelope read(byte[] bytes) {
            ObjectNode type = JsonNodeFactory.instance.objectNode();
            byte[] raw = {};
            Wire wire = new Wire(bytes);
            while (!wire.atEnd()) {
                int tag = wire.tag();
                switch (tag >>> 3) {
                    case TYPE_META -> type = TYPE.read(wire.delimited());
                    case RAW -> raw = wire.delimited();
                    default -> wire.skip(tag & 7);
                }
            }
            return new Envelope(type.path("apiVersion").asText(), type.path("kind").asText(), raw);
        }
    }
}
