package dev.trafficlab.cluster;

import java.nio.file.Path;
import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which cluster the labs live on.
 *
 * @param cluster embedded, or whatever the kubeconfig names
 * @param dataDir where the embedded cluster keeps its objects
 * @param podPhase how long a pod of the embedded cluster stays in each phase of its start
 */
@ConfigurationProperties("tutorial")
@Validated
public record ClusterSettings(@DefaultValue("embedded") Cluster.Kind cluster, @DefaultValue("./data") Path dataDir,
        @DefaultValue("200ms") @DurationMin(message = "must not be negative, e.g. 200ms") @DurationMax(minutes = 1, message = "must be at most one minute, e.g. 200ms") Duration podPhase) {}
