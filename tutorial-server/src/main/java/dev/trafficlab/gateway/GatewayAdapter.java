package dev.trafficlab.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.net.SocketEvent;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
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
    private static final int PIECE = 8 * 1024;

    /** How an answer is framed is agreed between this server and its client. */
    private static final Set<String> SET_BY_THE_SERVER = Set.of("content-length", "transfer-encoding", "connection",
            "keep-alive");

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
        RequestBody body = RequestBody.of(request, Gateway.LARGEST_BODY);
        if (body.isTooLarge()) {
            write(request, response, Gateway.bodyTooLarge());
            return;
        }
        AppResponse answer = gateway.answer(address.get().lab(), meshRequest(request, address.get(), body.body()));
        if (body.isTooLarge()) {
            answer.body().close();
            answer = Gateway.bodyTooLarge();
        }
        write(request, response, answer);
    }

    private static MeshRequest meshRequest(Request request, Address address, Body body) {
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

    private static void write(Request request, Response response, AppResponse answer) throws IOException {
        response.setStatus(answer.status());
        for (Headers.Field field : answer.headers().fields()) {
            if (!SET_BY_THE_SERVER.contains(field.name().toLowerCase(Locale.ROOT))) {
                response.getMimeHeaders().addValue(field.name()).setString(field.value());
            }
        }
        boolean bodiless = answer.status() < 200 || answer.status() == 204 || answer.status() == 304;
        if (!bodiless) {
            contentLength(request, answer).ifPresent(response::setContentLength);
        }
        if (bodiless || request.getMethod().equals("HEAD")) {
            answer.body().close();
        } else {
            stream(answer.body(), response);
        }
        response.action(ActionCode.CLOSE, null);
    }

    /** Sends each piece as soon as it is there: an answer may take as long as its app likes. */
    private static void stream(Body body, Response response) throws IOException {
        if (body instanceof Body.Whole whole) {
            if (whole.content().length > 0) {
                response.doWrite(ByteBuffer.wrap(whole.content()));
            }
            return;
        }
        byte[] piece = new byte[PIECE];
        try (InputStream pieces = body.stream()) {
            for (int count = pieces.read(piece); count >= 0; count = pieces.read(piece)) {
                response.doWrite(ByteBuffer.wrap(piece, 0, count));
                response.action(ActionCode.CLIENT_FLUSH, null);
            }
        } catch (IOException e) {
            // Whoever reads must not take a part for the whole.
            response.action(ActionCode.CLOSE_NOW, e);
        }
    }

    /** Of an answer to HEAD, the length is that of the body it speaks of. */
    private static OptionalLong contentLength(Request request, AppResponse answer) {
        OptionalLong length = answer.body().length();
        if (request.getMethod().equals("HEAD") && length.orElse(0) == 0) {
            return answer.headers()
                    .first("content-length")
                    .filter(told -> told.matches("\\d{1,18}"))
                    .map(told -> OptionalLong.of(Long.parseLong(told)))
                    .orElse(length);
        }
        return length;
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
