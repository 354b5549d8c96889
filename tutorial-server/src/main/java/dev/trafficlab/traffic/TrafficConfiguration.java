package dev.trafficlab.traffic;

import java.time.InstantSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.NamespaceRevisions;
import dev.trafficlab.gateway.Ingress;
import dev.trafficlab.limits.Limits;

/** The labs' traffic as a bean: {@link Traffic} to everybody, a listener to the gateway. */
@Configuration(proxyBeanMethods = false)
class TrafficConfiguration {

    @Bean(initMethod = "run")
    LabTraffic traffic(Cluster cluster, NamespaceRevisions revisions, Ingress ingress, LabCourses courses,
            Limits limits) {
        return new LabTraffic(cluster, revisions, ingress, courses, limits, InstantSource.system());
    }
}
