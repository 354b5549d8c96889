package dev.trafficlab.forwarded;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which proxies may speak for their clients.
 *
 * @param trustedProxies addresses and ranges of the proxies in front ({@code 10.0.0.7, 10.1.0.0/16}); forwarded headers of any other
 *        peer are ignored
 */
@ConfigurationProperties("tutorial")
record ProxySettings(@DefaultValue( {
    "127.0.0.0/8", "::1"}) List<String> trustedProxies){

    ProxySettings {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
