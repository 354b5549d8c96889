package dev.trafficlab.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.net.SocketEvent;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshRequest;

/**
 * Answers {@code /gateway/{lab}/**} right where Tomcat has parsed a request, and leaves every other request to the servlets.
 *
 * <p>A servlet or filter would be too late: by then Tomcat has judged and cleaned the path ({@code %2F}, {@code ..}, {@code ;x=1}), and
 * on the way out it would rewrite the answer's content type and compress it. All of that is the mesh's business.
 */
final class GatewayAdapter implements Adapter {

    private static final String PREFIX = "/gateway/";
    private static final int INGRESS_PORT = 80;

    private final Adapter servlets;
    private final Gateway gateway;

    GatewayAdapter(Adapter servlets, Gateway gateway) {
        this.servlets = servlets;
        this.gateway = gateway;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        Optional<Address> address = Address.of(request);
        if (address.isEmpty()) {
            servlets.service(request, response);
            return;
        }
        AppResponse answer = body(request).map(body -> gateway.answer(address.get().lab(), meshRequest(request, address
                .get(), body)))
                .orElseGet(Gateway::bodyTooLarge);
        write(request, response, answer);
    }

    private static MeshRequest meshRequest(Request request, Address address, byte[] body) {
        Headers headers = headers(request.getMimeHeaders());
        return new MeshRequest(new MeshRequest.FromOutside(INGRESS_PORT), request.getMethod(), headers.first("host")
                .orElse(""),
                address.target(), headers, peer(request), body);
    }

    private static Headers headers(MimeHeaders received) {
        List<Headers.Field> fields = new ArrayList<>(received.size());
        for (int i = 0; i < received.size(); i++) {
            fields.add(new Headers.Field(received.getName(i).toString(), received.getValue(i).toString()));
        }
        return new Headers(fields);
    }

    /** The TCP peer itself: a forwarded address is a header like others to the mesh, which decides whom it trusts. */
    private static String peer(Request request) {
        request.action(ActionCode.REQ_PEER_ADDR_ATTRIBUTE, request);
        request.action(ActionCode.REQ_REMOTEPORT_ATTRIBUTE, request);
        return request.peerAddr() + ":" + request.getRemotePort();
    }

    /** The whole body, unless it is too large. */
    private static Optional<byte[]> body(Request request) throws IOException {
        if (request.getContentLengthLong() > Gateway.LARGEST_BODY) {
            return Optional.empty();
        }
        request.action(ActionCode.ACK, ContinueResponseTiming.IMMEDIATELY);
        var body = new BodyBuffer(Gateway.LARGEST_BODY);
        while (request.doRead(body) >= 0) {
            if (!body.take()) {
                return Optional.empty();
            }
        }
        return Optional.of(body.bytes());
    }

    private static void write(Request request, Response response, AppResponse answer) throws IOException {
        response.setStatus(answer.status());
        for (Headers.Field field : answer.headers().fields()) {
            if (!field.name().equalsIgnoreCase("content-length")) {
                response.getMimeHeaders().addValue(field.name()).setString(field.value());
            }
        }
        boolean bodiless = answer.status() < 200 || answer.status() == 204 || answer.status() == 304;
        if (!bodiless) {
            response.setContentLength(contentLength(request, answer));
        }
        if (!bodiless && !request.getMethod().equals("HEAD") && answer.body().length > 0) {
            response.doWrite(ByteBuffer.wrap(answer.body()));
        }
        response.action(ActionCode.CLOSE, null);
    }

    /** Of an answer to HEAD, the length is that of the body it speaks of. */
    private static long contentLength(Request request, AppResponse answer) {
        if (request.getMethod().equals("HEAD") && answer.body().length == 0) {
            return answer.headers().first("content-length").filter(length -> length.matches("\\d{1,18}")).map(
                    Long::valueOf)
                    .orElse(0L);
        }
        return answer.body().length;
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return servlets.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
        return servlets.asyncDispatch(request, response, event);
    }

    @Override
    public void log(Request request, Response response, long time) {
        servlets.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        servlets.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return servlets.getDomain();
    }

    /** The lab that a request is for, and the rest of its path with the query: exactly as received. */
    private record Address(String lab, String target) {

        static Optional<Address> of(Request request) {
            MessageBytes uri = request.requestURI();
            if (uri.getType() != MessageBytes.T_BYTES || !uri.getByteChunk().startsWith(PREFIX, 0)) {
                return Optional.empty();
            }
            String path = uri.toString().substring(PREFIX.length());
            int slash = path.indexOf('/');
            String lab = slash < 0 ? path : path.substring(0, slash);
            String rest = slash < 0 ? "/" : path.substring(slash);
            String query = request.queryString().isNull() ? "" : "?" + request.queryString();
            return lab.isEmpty() ? Optional.empty() : Optional.of(new Address(lab, rest + query));
        }
    }
}
