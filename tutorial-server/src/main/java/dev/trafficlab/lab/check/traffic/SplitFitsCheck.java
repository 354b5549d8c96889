package dev.trafficlab.lab.check.traffic;

import java.util.Map;

import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;
import dev.trafficlab.traffic.GoodnessOfFit;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Cause;
import dev.trafficlab.traffic.Split.Failure;

/**
 * {@code split-fits}: at least so many requests were counted, and their split fits the shares. Shares stand in proportion to each
 * other: three times 33 is even.
 */
@Component
record SplitFitsCheck() implements CheckKind {

    @Override
    public String name() {
        return "split-fits";
    }

    @Override
    public Condition read(YamlMapping fields) {
        return new Wanted(fields.number("requests", 1, 10_000), fields.numbers("shares"));
    }

    private record Wanted(int requests, Map<String, Integer> shares) implements LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            Split split = lab.split();
            if (!split.seen().failures().isEmpty() && 20 * split.seen().failed() >= split.seen().requests()) {
                return CheckFinding.fails(failure(split.seen().failures().getFirst(), split.seen().requests()));
            }
            if (!split.seen().tallyGone().isEmpty()) {
                return CheckFinding.fails("Nothing counts the requests: " + split.seen().tallyGone() + " is gone.");
            }
            if (split.total() < requests) {
                return CheckFinding.fails("Only " + split.total() + " requests were counted since your lab last "
                        + "changed or the logs were deleted; " + requests + " are needed to judge.");
            }
            String found = split.total() + " requests: " + CheckFinding.percentages(split.counts(), split.total());
            return GoodnessOfFit.of(split.counts(), shares).fits()
                    ? CheckFinding.holds(found + ".")
                    : CheckFinding.fails(found + "; wanted is " + CheckFinding.figures(shares) + ".");
        }

        private static String failure(Failure failure, long requests) {
            String got = failure.status() == 0 ? " were refused: " : " got " + failure.status() + ": ";
            String why = switch (failure.cause()) {
                case Cause.NotListening(String reason) -> reason;
                case Cause.NoRoute(String reason) -> reason;
                case Cause.NoSuchDestination(String reason) -> reason + ".";
                case Cause.Rule(String rule) -> rule + " says so.";
                case Cause.NoReadyPod(String service, String subset) -> (subset.isEmpty() ? "Service " + service
                        : "subset " + subset) + " has no ready pod.";
                case Cause.OwnAnswer _ -> "the app itself answers so.";
                case Cause.Proxy _ -> "the proxy answers so.";
            };
            return failure.count() + " of " + requests + got + why;
        }
    }
}
