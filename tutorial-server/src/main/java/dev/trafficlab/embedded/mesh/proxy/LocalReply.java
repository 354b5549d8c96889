package dev.trafficlab.embedded.mesh.proxy;

import java.nio.charset.StandardCharsets;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
import dev.trafficlab.embedded.mesh.route.RequestHead;

/** Answers that a proxy gives by itself. Envoy: http/utility.cc, prepareLocalReply. */
final class LocalReply {

    private static final String GRPC = "application/grpc";

    private LocalReply() {}

    /** An answer with the text, or with an empty body. */
    static AppResponse of(int status, String body) {
        return of(status, body, HeaderList.empty());
    }

    /** The answer where there is no room for the request. */
    static AppResponse overflow(String body) {
        HeaderList headers = HeaderList.empty();
        headers.set("x-envoy-overloaded", "true");
        return of(503, body, headers);
    }

    /** The same with further headers. */
    static AppResponse of(int status, String body, HeaderList headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            headers.set("content-type", "text/plain");
        }
        headers.set("content-length", String.valueOf(bytes.length));
        return new AppResponse(status, headers.headers(), bytes, AppResponse.NOTHING);
    }

    /**
     * The reply with the headers that its body asks for, which no operation on headers can change; for gRPC the status goes into
     * headers of its own.
     *
     * @param grpcStatus the status for gRPC, -1 to derive it from the HTTP status
     */
    static AppResponse framed(RequestHead head, AppResponse reply, HeaderList headers, int grpcStatus) {
        byte[] bytes = reply.body() instanceof Body.Whole whole ? whole.content() : new byte[0];
        boolean asked = !head.method().equals("HEAD");
        headers.remove("content-length");
        if (isGrpc(head)) {
            headers.set("content-type", GRPC);
            headers.set("grpc-status", String.valueOf(grpcStatus < 0 ? grpcStatus(reply.status()) : grpcStatus));
            if (bytes.length > 0 && asked) {
                headers.set("grpc-message", escaped(bytes));
            }
            lengthOfNothing(headers, 200, asked);
            return new AppResponse(200, headers.headers(), new byte[0], AppResponse.NOTHING);
        }
        if (bytes.length == 0) {
            headers.remove("content-type");
            lengthOfNothing(headers, reply.status(), asked);
        } else {
            headers.setIfAbsent("content-type", "text/plain");
            headers.set("content-length", String.valueOf(bytes.length));
        }
        return new AppResponse(reply.status(), headers.headers(), bytes, AppResponse.NOTHING);
    }

    private static void lengthOfNothing(HeaderList headers, int status, boolean asked) {
        if (asked && status != 204) {
            headers.set("content-length", "0");
        }
    }

    private static boolean isGrpc(RequestHead head) {
        return head.headers()
                .first("content-type")
                .filter(type -> type.equals(GRPC) || type.startsWith(GRPC + "+"))
                .isPresent();
    }

    /** Envoy: grpc/status.cc, httpToGrpcStatus. */
    private static int grpcStatus(int status) {
        return switch (status) {
            case 400 -> 13;
            case 401 -> 16;
            case 403 -> 7;
            case 404 -> 12;
            case 429, 502, 503, 504 -> 14;
            default -> 2;
        };
    }

    /** What is not printable ASCII, escaped by percent signs (gRPC over HTTP2, Percent-Encoded). */
    private static String escaped(byte[] text) {
        StringBuilder escaped = new StringBuilder(text.length);
        for (byte letter : text) {
            if (letter < ' ' || letter > '~' || letter == '%') {
                escaped.append(String.format("%%%02X", letter & 0xFF));
            } else {
                escaped.append((char) letter);
            }
        }
        return escaped.toString();
    }
}
