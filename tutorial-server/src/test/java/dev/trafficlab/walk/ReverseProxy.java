package dev.trafficlab.walk;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/** A real proxy in front of the server, as a process that runs one of the recipes of the documentation. */
final class ReverseProxy implements AutoCloseable {

    private static final Path RECIPES = Path.of("docs", "proxies");

    private final Process process;
    private final int port;
    private final String path;

    private ReverseProxy(Process process, int port, String path) {
        this.process = process;
        this.port = port;
        this.path = path;
    }

    /** HAProxy by its recipe, in front of a server at the port. */
    static ReverseProxy haproxy(Path folder, TestCertificate certificate, int server) throws IOException {
        int port = freePort();
        String recipe = Files.readString(RECIPES.resolve("haproxy.cfg"))
                .replace("bind :80\n", "bind 127.0.0.1:" + freePort() + "\n")
                .replace("bind :443", "bind 127.0.0.1:" + port)
                .replace("/etc/haproxy/traffic-lab.pem", certificate.both().toString())
                .replace("127.0.0.1:8080", "127.0.0.1:" + server);
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), recipe);
        return start(folder, port, "/", program("haproxy"), "-db", "-f", file.toString());
    }

    /** nginx by one of its recipes, which shows the server below the path. */
    static ReverseProxy nginx(Path folder, String recipe, String path, TestCertificate certificate, int server)
            throws IOException {
        int port = freePort();
        String site = Files.readString(RECIPES.resolve(recipe))
                .replace("listen 80;", "listen 127.0.0.1:" + freePort() + ";")
                .replace("listen 443", "listen 127.0.0.1:" + port)
                .replace("/etc/nginx/traffic-lab.crt", certificate.certificate().toString())
                .replace("/etc/nginx/traffic-lab.key", certificate.key().toString())
                .replace("127.0.0.1:8080", "127.0.0.1:" + server);
        Files.writeString(folder.resolve("site.conf"), site);
        Path main = Files.writeString(folder.resolve("nginx.conf"), """
                                                                    daemon off;
                                                                    master_process off;
                                                                    pid %1$s/nginx.pid;
                                                                    error_log %1$s/error.log;
                                                                    events {}
                                                                    http {
                                                                      access_log off;
                                                                      client_body_temp_path %1$s/body;
                                                                      proxy_temp_path %1$s/proxy;
                                                                      fastcgi_temp_path %1$s/fastcgi;
                                                                      uwsgi_temp_path %1$s/uwsgi;
                                                                      scgi_temp_path %1$s/scgi;
                                                                      include %1$s/site.conf;
                                                                    }
                                                                    """.formatted(folder));
        return start(folder, port, path, program("nginx"), "-e", folder.resolve("error.log").toString(), "-c", main
                .toString());
    }

    /** The address that a browser opens. */
    String address() {
        return "https://localhost:" + port + path;
    }

    private static ReverseProxy start(Path folder, int port, String path, String... command) throws IOException {
        Path log = folder.resolve("proxy.log");
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ReverseProxy proxy = new ReverseProxy(process, port, path);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> proxy.listens(log));
        return proxy;
    }

    private boolean listens(Path log) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the proxy ended: " + Files.readString(log));
        }
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String program(String name) {
        return Stream.of("/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/", "/opt/homebrew/bin/")
                .map(folder -> folder + name)
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No " + name
                        + " found. Install it (Debian: apt-get install "
                        + name + ")."));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
