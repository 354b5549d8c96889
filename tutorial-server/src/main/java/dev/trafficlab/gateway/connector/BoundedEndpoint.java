package dev.trafficlab.gateway.connector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.function.Predicate;

import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Accepts connections so that no address can have all of them, and so that those on which nothing is said give way when they are many:
 * Tomcat alone would stop to accept.
 */
final class BoundedEndpoint extends NioEndpoint {

    private final ConnectionCounts counts = new ConnectionCounts(System::nanoTime);
    private volatile Predicate<String> proxies = address -> false;

    void proxies(Predicate<String> addresses) {
        proxies = addresses;
    }

    /** Answers false where the connection is not wanted, which then is closed. Called by the one thread that accepts. */
    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        if (connections.size() >= ConnectorBounds.CROWDED) {
            closeIdle(connections.size() - ConnectorBounds.CROWDED * 7 / 8);
        }
        return hasRoom(socket) && super.setSocketOptions(socket);
    }

    private boolean hasRoom(SocketChannel socket) {
        if (connections.size() < ConnectorBounds.CONNECTIONS_OF_AN_ADDRESS) {
            return true;
        }
        try {
            String address = address(socket.getRemoteAddress());
            int open = counts.add(address, () -> connections.keySet().stream().map(BoundedEndpoint::remote));
            return open <= ConnectorBounds.CONNECTIONS_OF_AN_ADDRESS || proxies.test(address);
        } catch (IOException goneAlready) {
            return false;
        }
    }

    /** Closes connections on which no request is under way, whichever: their clients open others. */
    private void closeIdle(int count) {
        connections.values()
                .stream()
                .filter(connection -> connection.getCurrentProcessor() == null)
                .limit(count)
                .toList()
                .forEach(connection -> connection.processSocket(SocketEvent.ERROR, true));
    }

    private static String remote(SocketChannel socket) {
        try {
            return address(socket.getRemoteAddress());
        } catch (IOException closed) {
            return "";
        }
    }

    private static String address(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "";
    }
}
