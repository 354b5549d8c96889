package dev.trafficlab.traffic;

import java.util.Map;

/**
 * What became of the requests.
 *
 * @param sent how many were sent
 * @param byStatus counts by HTTP status, {@code refused} where there was no answer
 * @param byVersion counts by the {@code version} label of the pod that answered, {@code none} where no pod with one did
 */
public record TrafficReport(int sent, Map<String, Integer> byStatus, Map<String, Integer> byVersion) {}
