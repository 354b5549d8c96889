package dev.trafficlab.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether limits hold.
 *
 * @param enabled off for load runs
 */
@ConfigurationProperties("tutorial.limits")
record LimitSettings(@DefaultValue("true") boolean enabled) {}
