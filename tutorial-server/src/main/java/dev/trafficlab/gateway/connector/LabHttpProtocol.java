package dev.trafficlab.gateway.connector;

import java.io.IOException;
import java.util.function.Predicate;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.http.parser.HttpParser;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 as the server speaks it: any request target, headers as large as Envoy takes them, and bounds on what senders who take their
 * time may hold. Tomcat's own time-outs begin anew with every byte.
 */
public final class LabHttpProtocol extends Http11NioProtocol {

    private final UnfinishedHeads heads = new UnfinishedHeads(ConnectorBounds.UNFINISHED_HEADS, ConnectorBounds.HEAD,
            System::nanoTime);
    private final BoundedEndpoint endpoint;
    private final HttpParser parser = new LenientHttpParser();

    /** For Tomcat, which knows the class by its name. */
    public LabHttpProtocol() {
        this(new BoundedEndpoint());
    }

    private LabHttpProtocol(BoundedEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Whatever was set before: these bounds belong together. */
    @Override
    public void init() throws Exception {
        setMaxHttpRequestHeaderSize(ConnectorBounds.BUFFER_BYTES);
        setMaxHttpResponseHeaderSize(ConnectorBounds.BUFFER_BYTES);
        setMaxHeaderCount(ConnectorBounds.MOST_HEADERS);
        setConnectionTimeout((int) ConnectorBounds.SILENCE.toMillis());
        setKeepAliveTimeout((int) ConnectorBounds.KEEP_ALIVE.toMillis());
        setMaxConnections(ConnectorBounds.CONNECTIONS);
        setProcessorCache(64);
        super.init();
    }

    /** Addresses that speak for many clients, and so may have any number of connections. */
    public void proxies(Predicate<String> addresses) {
        endpoint.proxies(addresses);
    }

    @Override
    public HttpParser getHttpParser() {
        return parser;
    }

    @Override
    protected Processor createProcessor() {
        return new TimedProcessor();
    }

    private final class TimedProcessor extends Http11Processor {

        TimedProcessor() {
            super(LabHttpProtocol.this, LabHttpProtocol.this.getAdapter());
        }

        /** Is called whenever something of a head has come; the state is LONG as long as it is not whole. */
        @Override
        public SocketState service(SocketWrapperBase<?> connection) throws IOException {
            SocketState state = super.service(connection);
            boolean unfinished = state == SocketState.LONG && !isAsync();
            return heads.received(connection, unfinished) ? state : SocketState.CLOSED;
        }
    }
}
