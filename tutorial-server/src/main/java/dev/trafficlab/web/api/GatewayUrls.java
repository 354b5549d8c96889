package dev.trafficlab.web.api;

import java.net.URI;
import java.util.regex.Pattern;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/** Where a lab's gateway has a site of its own, as seen from a client. */
@Component
class GatewayUrls {

    private static final Pattern LOOPBACK = Pattern.compile(
            "localhost|.*\\.localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");

    private final String domain;

    /** @param domain the domain whose hosts are the labs, empty where none is set up */
    GatewayUrls(@Value("${tutorial.gateway.domain:}") String domain) {
        this.domain = domain;
    }

    /**
     * The lab's own site: below the domain of the settings, else below {@code localhost} for a client on this machine. Everywhere else
     * there is no name that leads here, so it is the path on this server.
     */
    URI of(String lab) {
        UriComponentsBuilder server = ServletUriComponentsBuilder.fromCurrentContextPath();
        if (!domain.isEmpty()) {
            return server.host(lab + "." + domain).replacePath("/").build().toUri();
        }
        return LOOPBACK.matcher(String.valueOf(server.build().getHost())).matches()
                ? server.host(lab + ".localhost").replacePath("/").build().toUri()
                : server.path("/gateway/" + lab + "/").build().toUri();
    }
}
