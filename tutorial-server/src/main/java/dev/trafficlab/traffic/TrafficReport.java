package dev.trafficlab.traffic;

import java.util.Map;

/**
 * What became of the requests.
 *
 * @param sent how many were sent
 * @param byStatus counts by HTTP status, {@code refused} where there was no answer
 * @param byVersion counts by the version label of the pod that answered, {@code none} where no pod with one did
 */
public record TrafficReport(int sent, Map<String, Integer> byStatus, Map<String, Integer> byVersion) {

    /** How a status is called in a report. */
    public static String statusName(int status) {
        return status == 0 ? "refused" : Integer.toString(status);
    }
}
