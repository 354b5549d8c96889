package dev.trafficlab.web.cookies;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.FlashMapManager;
import tools.jackson.databind.json.JsonMapper;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.ClusterSettings;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where the key comes from, and what is kept in cookies instead of a session. */
@Configuration(proxyBeanMethods = false)
class CookieConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(CookieConfiguration.class);
    private static final String FILE = "session.key";
    private static final int BYTES = 32;

    @Bean
    SigningKey signingKey(SessionSettings settings, ObjectProvider<ClusterSettings> cluster) {
        if (!settings.sessionKey().isEmpty()) {
            return new SigningKey(settings.sessionKey().getBytes(UTF_8));
        }
        Optional<Path> folder = cluster.stream()
                .filter(found -> found.cluster() == Cluster.Kind.EMBEDDED)
                .map(ClusterSettings::dataDir)
                .findFirst();
        if (folder.isEmpty() && cluster.stream().findAny().isPresent()) {
            LOG.atWarn()
                    .log("tutorial.session-key is not set: the instructor's sign-in holds at this replica alone, and until it"
                            + " restarts");
        }
        byte[] drawn = new byte[BYTES];
        new SecureRandom().nextBytes(drawn);
        return new SigningKey(folder.flatMap(data -> kept(data, drawn)).orElse(drawn));
    }

    /** What redirects have to tell. {@code DispatcherServlet} finds it by this name. */
    @Bean
    FlashMapManager flashMapManager(SigningKey key, JsonMapper json) {
        return new FlashCookie(key, json);
    }

    /** A folder that cannot be written ends the start elsewhere, with a message of its own. */
    private static Optional<byte[]> kept(Path folder, byte[] drawn) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            try {
                Files.writeString(file, HexFormat.of().formatHex(drawn), StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
                if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            } catch (FileAlreadyExistsException keptEarlier) {
                return Optional.of(HexFormat.of().parseHex(Files.readString(file).strip()))
                        .filter(
                                key -> key.length >= BYTES);
            }
            return Optional.of(drawn);
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("error", unreadable.toString())
                    .log("session key not kept: the instructor has to sign in again after a restart");
            return Optional.empty();
        }
    }
}
