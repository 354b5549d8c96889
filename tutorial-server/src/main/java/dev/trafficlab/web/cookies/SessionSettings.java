package dev.trafficlab.web.cookies;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How what browsers keep for the server is signed.
 *
 * @param sessionKey a secret of at least 32 characters, the same for all replicas; unless set, one is drawn and, with the embedded
 *        cluster, kept in the data folder
 */
@ConfigurationProperties("tutorial")
record SessionSettings(@DefaultValue("") String sessionKey) {

    private static final int SHORTEST = 32;

    SessionSettings {
        if (!sessionKey.isEmpty() && sessionKey.length() < SHORTEST) {
            throw new IllegalArgumentException("tutorial.session-key must be at least " + SHORTEST
                    + " characters that nobody can guess, for example what \"openssl rand -hex 32\" prints");
        }
    }

    @Override
    public String toString() {
        return "SessionSettings[hidden]";
    }
}
