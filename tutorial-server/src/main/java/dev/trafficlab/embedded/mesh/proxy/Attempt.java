package dev.trafficlab.embedded.mesh.proxy;

import dev.trafficlab.demo.AppResponse;

/** How one try to reach a pod went. */
public sealed interface Attempt {

    /** The pod answered. */
    record Replied(AppResponse response) implements Attempt {}

    /** Nobody took the connection. */
    record Refused() implements Attempt {}

    /** The connection broke. */
    record Reset() implements Attempt {}

    /** The pod does not speak the protocol that the proxy speaks to it. */
    record ProtocolError() implements Attempt {}

    /** No answer within the time for one try. */
    record TimedOut() implements Attempt {}

    /** No answer within the time for the whole request. */
    record OutOfTime() implements Attempt {}

    /** The circuit breaker had no room. */
    record Overflow() implements Attempt {}
}
