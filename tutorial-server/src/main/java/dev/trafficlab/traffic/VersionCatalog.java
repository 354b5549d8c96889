package dev.trafficlab.traffic;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The colours of a lab as its objects describe them.
 *
 * @param tints one entry a Deployment that shows a colour
 */
record VersionCatalog(List<Version> tints) {

    VersionCatalog {
        tints = List.copyOf(tints);
    }

    /**
     * One Deployment's colour.
     *
     * @param color as the app reports it
     * @param version its pods' {@code version} label, empty when they have none
     * @param weight the share of requests that the routes give it, 0 to 1; absent when they give no weights
     */
    record Version(String color, String version, OptionalDouble weight) {}
}
