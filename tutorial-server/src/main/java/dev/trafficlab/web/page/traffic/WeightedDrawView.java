package dev.trafficlab.web.page.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;

/**
 * The roll that chose among weights, to be drawn: who owns which numbers, and which one came.
 *
 * @param roll the number that came
 * @param sum how many numbers there are, from 0
 */
record WeightedDrawView(int roll, int sum, List<Range> ranges) {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9}) to (\\d{1,9})");

    WeightedDrawView {
        ranges = List.copyOf(ranges);
    }

    /**
     * The numbers of one destination.
     *
     * @param tone which of the versions' tones it has
     */
    record Range(String label, int from, int to, int tone) {}

    /** The dice of a trace; none where no weights decided. */
    static Optional<WeightedDrawView> of(List<Stage> stages) {
        return stages.stream()
                .filter(stage -> stage.name().equals("weights") && stage.facts().containsKey("roll"))
                .findFirst()
                .map(WeightedDrawView::of)
                .filter(dice -> dice.sum > 0 && !dice.ranges.isEmpty());
    }

    private static WeightedDrawView of(Stage stage) {
        List<Range> ranges = new ArrayList<>();
        for (Map.Entry<String, String> fact : stage.facts().entrySet()) {
            Matcher range = RANGE.matcher(fact.getValue());
            if (range.matches()) {
                int from = Integer.parseInt(range.group(1));
                int to = Integer.parseInt(range.group(2));
                ranges.add(new Range(fact.getKey(), from, to, ranges.size() % 6 + 1));
            }
        }
        return new WeightedDrawView(Integer.parseInt(stage.facts().get("roll")), Integer.parseInt(stage.facts()
                .getOrDefault("sum of weights", "0")), ranges);
    }

    /** Where a number stands on a line of 1000. */
    public int at(int number) {
        return 1000 * number / sum;
    }

    /** Where the roll stands: in the middle of its number. */
    public int mark() {
        return (2 * roll + 1) * 500 / sum;
    }
}
