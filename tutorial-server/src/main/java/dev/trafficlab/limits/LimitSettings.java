package dev.trafficlab.limits;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much may be asked of this server. What is counted by address counts a whole class where that is behind one; of IPv6 it is the
 * network ({@code /64}).
 *
 * @param enabled whether any limit or cap holds; {@code false} is for load runs
 * @param starts labs that browsers behind one address may start at once; further ones wait for their turn
 * @param startsPerMinute labs that browsers behind one address may start a minute after that
 * @param startsPerDay labs that browsers behind one address may start within a day
 * @param longestWait the longest that a browser waits for its turn to start a lab, in seconds
 * @param newLabs labs that programs behind one address may make a minute
 * @param signInFailures wrong passwords from one address a minute, before they are answered 429
 * @param signInChecks passwords from one address that are looked at at once; a twelfth as many come back each minute
 * @param secretFailures wrong secrets of labs from one address a minute, before they are answered 429
 * @param labChanges applies, edits, checks and resets of one lab a minute
 * @param labReads pages and other reads of one lab a minute
 * @param labRequests HTTP requests into one lab's mesh a minute, whichever way they come
 * @param labCalls calls of the Kubernetes API a minute, for one lab, or from one address without a lab's secret
 * @param generatorRate requests a second that a lab's generator sends at most
 */
@ConfigurationProperties("tutorial.limits")
@Validated
public record LimitSettings(@DefaultValue("true") boolean enabled, @DefaultValue("300") @Min(1) int starts,
        @DefaultValue("60") @Min(1) int startsPerMinute, @DefaultValue("2000") @Min(1) int startsPerDay,
        @DefaultValue("600") @Min(1) int longestWait,
        @DefaultValue("60") @Min(1) int newLabs, @DefaultValue("20") @Min(1) int signInFailures,
        @DefaultValue("6000") @Min(12) int signInChecks, @DefaultValue("300") @Min(1) int secretFailures,
        @DefaultValue("120") @Min(1) int labChanges, @DefaultValue("1200") @Min(1) int labReads,
        @DefaultValue("20000") @Min(1) int labRequests, @DefaultValue("6000") @Min(1) int labCalls,
        @DefaultValue("50") @Min(1) int generatorRate) {}
