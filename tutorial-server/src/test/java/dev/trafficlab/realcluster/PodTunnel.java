package dev.trafficlab.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The API server's way to pods, as a cluster whose network the control plane is no part of has one: an HTTP CONNECT proxy on a UNIX
 * socket. It knows which port of the loopback interface answers for a pod's address, so that the service proxy works without a pod
 * network. An address of the loopback interface stands for itself; nothing else is ever connected to.
 */
final class PodTunnel implements AutoCloseable {

    private static final int LONGEST_HEAD = 4096;

    private final Path socket;
    private final ServerSocketChannel server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    private PodTunnel(Path socket, ServerSocketChannel server) {
        this.socket = socket;
        this.server = server;
    }

    static PodTunnel open(Path socket) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            PodTunnel tunnel = new PodTunnel(socket, server);
            tunnel.threads.execute(tunnel::accept);
            return tunnel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on the loopback port answers for the pod's address. */
    void route(String podIp, int podPort, int loopbackPort) {
        ports.put(podIp + ":" + podPort, loopbackPort);
    }

    /** Nobody answers for the address any more. */
    void unroute(String podIp, int podPort) {
        ports.remove(podIp + ":" + podPort);
    }

    /** The loopback port that answers for the pod's address. */
    Optional<Integer> port(String podIp, int podPort) {
        return Optional.ofNullable(ports.get(podIp + ":" + podPort));
    }

    /** Writes the file by which an API server learns of this tunnel. */
    Path writeSettings(Path file) {
        try {
            return Files.writeString(file, """
                                           apiVersion: apiserver.k8s.io/v1beta1
                                           kind: EgressSelectorConfiguration
                                           egressSelections:
                                           - name: cluster
                                             connection:
                                               proxyProtocol: HTTPConnect
                                               transport:
                                                 uds:
                                                   udsName: %s
                                           """.formatted(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel caller = server.accept();
                threads.execute(() -> serve(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel caller) {
        try (caller) {
            String[] request = readHead(caller).split(" ", 3);
            Optional<InetSocketAddress> target = request[0].equals("CONNECT") ? target(request[1]) : Optional.empty();
            if (target.isEmpty()) {
                write(caller, "HTTP/1.1 502 Bad Gateway\r\n\r\n");
                return;
            }
            try (SocketChannel pod = SocketChannel.open(target.get())) {
                write(caller, "HTTP/1.1 200 OK\r\n\r\n");
                threads.execute(() -> copy(pod, caller));
                copy(caller, pod);
            }
        } catch (IOException gone) {
            // one of the two has hung up, which is for the other to notice
        }
    }

    private Optional<InetSocketAddress> target(String authority) {
        int colon = authority.lastIndexOf(':');
        int port = Integer.parseInt(authority.substring(colon + 1));
        String host = authority.substring(0, colon);
        InetAddress here = InetAddress.getLoopbackAddress();
        return host.equals("127.0.0.1") ? Optional.of(new InetSocketAddress(here, port))
                : port(host, port).map(routed -> new InetSocketAddress(here, routed));
    }

    /** Reads up to the empty line and no byte further. */
    private static String readHead(SocketChannel channel) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (!head.toString().endsWith("\r\n\r\n") && head.length() < LONGEST_HEAD) {
            if (channel.read(one.clear()) < 0) {
                throw new IOException("hung up in the middle of a request");
            }
            head.append((char) one.get(0));
        }
        return head.toString();
    }

    private static void copy(ByteChannel from, ByteChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
            to.close();
        } catch (IOException gone) {
            // as in serve
        }
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
