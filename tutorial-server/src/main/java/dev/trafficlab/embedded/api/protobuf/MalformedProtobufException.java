package dev.trafficlab.embedded.api.protobuf;

/** A body that says it is protobuf is not. */
public class MalformedProtobufException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedProtobufException(String message) {
        super(message);
    }
}
