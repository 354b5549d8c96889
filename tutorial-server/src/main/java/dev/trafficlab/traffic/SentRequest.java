package dev.trafficlab.traffic;

import java.util.Optional;

import dev.trafficlab.gateway.RequestListener.AnsweredRequest;

/** How a request that we sent ended, with its reasons where somebody may ask for them. */
record SentRequest(AnsweredRequest answer, Optional<RequestTrace> why) {}
