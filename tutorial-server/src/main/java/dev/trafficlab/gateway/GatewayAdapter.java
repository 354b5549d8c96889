package dev.trafficlab.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.net.SocketEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.gateway.connector.ConnectorBounds;
import dev.trafficlab.gateway.connector.EnvoyRequestRules;
import dev.trafficlab.gateway.connector.EnvoyRequestRules.Rejection;
import dev.trafficlab.gateway.connector.GatewayAddresses;
import dev.trafficlab.gateway.connector.GatewayAddresses.Address;
import dev.trafficlab.gateway.connector.RequestHeads;
import dev.trafficlab.gateway.connector.RequestTargets;
import dev.trafficlab.gateway.connector.UploadGuard;

/**
 * Answers what is for a lab's gateway right where Tomcat has parsed a request, and leaves every other request to the servlets.
 *
 * <p>A servlet or filter would be too late: by then Tomcat has judged and cleaned the path ({@code %2F}, {@code ..}, {@code ;x=1}), and
 * on the way out it would rewrite the answer's content type and compress it. All of that is the mesh's business.
 */
final class GatewayAdapter implements Adapter {

    private static final int INGRESS_PORT = 80;
    private static final int PIECE = 8 * 1024;
    private static final String RESET = "upstream connect error or disconnect/reset before headers. reset reason: ";
    private static final Rejection PAGE_HEAD_TOO_LARGE = new Rejection(431, "Request Header Fields Too Large");
    private static final Rejection BAD_REQUEST = new Rejection(400, "Bad Request");

    /** How an answer is framed is agreed between this server and its client. */
    private static final Set<String> SET_BY_THE_SERVER = Set.of("content-length", "transfer-encoding", "connection",
            "keep-alive");

    private static final Logger LOG = LoggerFactory.getLogger(GatewayAdapter.class);

    private final Adapter servlets;
    private final Gateway gateway;
    private final GatewayAddresses addresses;
    private final Cache<String, Boolean> logged = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    GatewayAdapter(Adapter servlets, Gateway gateway, GatewayAddresses addresses) {
        this.servlets = servlets;
        this.gateway = gateway;
        this.addresses = addresses;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        UploadGuard.guard(request);
        Optional<Address> address = addresses.of(request);
        if (address.isPresent()) {
            enter(request, response, address.get());
            return;
        }
        Optional<Rejection> rejected = rejectedPage(request, response);
        if (rejected.isPresent()) {
            reject(request, response, rejected.get(), addresses.isMeant(request));
        } else {
            servlets.service(request, response);
        }
    }

    /** What is no request at all, or too large for a page; Tomcat would answer with a page of its own. */
    private static Optional<Rejection> rejectedPage(Request request, Response response) {
        if (RequestHeads.bytes(request) > ConnectorBounds.PAGE_HEADER_BYTES) {
            return Optional.of(PAGE_HEAD_TOO_LARGE);
        }
        boolean aPath = !request.requestURI().isNull()
                && (request.requestURI().startsWithIgnoreCase("/", 0) || request.requestURI().equals("*"));
        if (!aPath || !RequestTargets.fitsPage(request)) {
            return Optional.of(BAD_REQUEST);
        }
        int status = response.getStatus();
        return status < 400 ? Optional.empty()
                : Optional.of(new Rejection(status, status == 400 ? "Bad Request" : "Not supported"));
    }

    private void enter(Request request, Response response, Address address) throws IOException {
        Optional<Rejection> rejected = rejected(request, address);
        if (rejected.isPresent()) {
            reject(request, response, rejected.get(), true);
            return;
        }
        response.setStatus(200);
        RequestBody body = RequestBody.of(request, Gateway.LARGEST_BODY);
        if (body.isTooLarge()) {
            write(request, response, Gateway.bodyTooLarge());
            return;
        }
        MeshRequest received = meshRequest(request, address, body.body());
        try {
            gateway.answer(address.lab(), address.path(), received, answer -> deliver(request, response, body, answer));
        } catch (RuntimeException | StackOverflowError unexpected) {
            tell(address.lab(), unexpected);
            write(request, response, AppResponse.of(503, "text/plain", RESET + "internal error"));
        }
    }

    /** What the rules themselves stumble over is no request that Envoy would take. */
    private Optional<Rejection> rejected(Request request, Address address) {
        try {
            return EnvoyRequestRules.check(request);
        } catch (RuntimeException unreadable) {
            tell(address.lab(), unreadable);
            return Optional.of(BAD_REQUEST);
        }
    }

    private static void deliver(Request request, Response response, RequestBody body, AppResponse answer)
            throws IOException {
        Optional<AppResponse> instead = body.isTooLarge() ? Optional.of(Gateway.bodyTooLarge())
                : body.isTooSlow() ? Optional.of(AppResponse.of(408, "text/plain", "request timeout"))
                        : oversize(answer);
        instead.ifPresent(_ -> answer.body().close());
        write(request, response, instead.orElse(answer));
    }

    /** Envoy takes no larger head from an app, and never sends half of one. */
    private static Optional<AppResponse> oversize(AppResponse answer) {
        int bytes = 0;
        for (Headers.Field field : answer.headers().fields()) {
            bytes += field.name().length() + field.value().length() + 4;
        }
        return bytes <= Bounds.GATEWAY_ANSWER_HEADER_BYTES ? Optional.empty()
                : Optional.of(new AppResponse(503, Headers.of("content-type", "text/plain", "server", "istio-envoy"),
                        Body.of(RESET + "protocol error"), AppResponse.NOTHING));
    }

    /** One line a lab and kind of failure in a minute, so that no lab can fill the log. */
    private void tell(String lab, Throwable unexpected) {
        String kind = unexpected.getClass().getName();
        if (logged.asMap().putIfAbsent(lab + " " + kind, true) == null) {
            StackTraceElement[] trace = unexpected.getStackTrace();
            LOG.atWarn()
                    .addKeyValue("lab", lab)
                    .addKeyValue("error", unexpected.toString())
                    .addKeyValue("at", trace.length == 0 ? "unknown" : trace[0].toString())
                    .log("a request through the gateway failed");
        }
    }

    private static void reject(Request request, Response response, Rejection rejection, boolean envoy)
            throws IOException {
        Headers headers = envoy ? Headers.of("server", "istio-envoy") : Headers.none();
        Headers typed = rejection.body().isEmpty() ? headers : headers.plus("content-type", "text/plain");
        response.getMimeHeaders().addValue("connection").setString("close");
        write(request, response, new AppResponse(rejection.status(), typed, Body.of(rejection.body()),
                AppResponse.NOTHING));
    }

    private static MeshRequest meshRequest(Request request, Address address, Body body) {
        Headers headers = headers(request.getMimeHeaders());
        return new MeshRequest(new MeshRequest.FromOutside(INGRESS_PORT), request.getMethod(),
                RequestHeads.authority(request),
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
        if (bodiless) {
            toldLength(answer).ifPresent(length -> response.getMimeHeaders()
                    .addValue("content-length")
                    .setLong(length));
        } else {
            contentLength(request, answer).ifPresent(response::setContentLength);
        }
        if (bodiless || "HEAD".equals(request.getMethod())) {
            answer.body().close();
        } else {
            stream(answer.body(), response);
        }
        response.action(ActionCode.CLOSE, null);
    }

    /** Sends each piece as soon as it is there: an answer may take as long as its app likes. */
    private static void stream(Body body, Response response) throws IOException {
        long end = System.nanoTime() + ConnectorBounds.ANSWER.toNanos();
        byte[] piece = new byte[PIECE];
        boolean whole = body instanceof Body.Whole;
        try (InputStream pieces = body.stream()) {
            for (int count = pieces.read(piece); count >= 0; count = pieces.read(piece)) {
                response.doWrite(ByteBuffer.wrap(piece, 0, count));
                if (!whole) {
                    response.action(ActionCode.CLIENT_FLUSH, null);
                }
                if (whole && System.nanoTime() > end) {
                    throw new IOException("The client takes too long to read.");
                }
            }
        } catch (IOException e) {
            // Whoever reads must not take a part for the whole.
            response.action(ActionCode.CLOSE_NOW, e);
        }
    }

    /** Of an answer to HEAD, the length is that of the body it speaks of; one that speaks of none says nothing, as Envoy's own do. */
    private static OptionalLong contentLength(Request request, AppResponse answer) {
        OptionalLong length = answer.body().length();
        return "HEAD".equals(request.getMethod()) && length.orElse(0) == 0 ? toldLength(answer) : length;
    }

    /** What the answer itself says, be it of a body that its status forbids: Envoy passes that on. */
    private static OptionalLong toldLength(AppResponse answer) {
        return answer.headers()
                .first("content-length")
                .filter(told -> told.matches("\\d{1,18}"))
                .map(told -> OptionalLong.of(Long.parseLong(told)))
                .orElse(OptionalLong.empty());
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
}
