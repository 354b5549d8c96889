package dev.trafficlab.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** HTTP as no library would send it: bytes into a socket, bytes out of it. */
final class RawConnection {

    private RawConnection() {}

    /** Sends the bytes and reads until the server closes or is silent for that long. */
    static String exchange(int port, byte[] bytes, Duration silence) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) silence.toMillis());
            socket.getOutputStream().write(bytes);
            var answer = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            try {
                for (int read = socket.getInputStream().read(part); read >= 0; read = socket.getInputStream()
                        .read(part)) {
                    answer.write(part, 0, read);
                }
            } catch (SocketTimeoutException | SocketException endOfAnswer) {
                // What came until then is the answer.
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
