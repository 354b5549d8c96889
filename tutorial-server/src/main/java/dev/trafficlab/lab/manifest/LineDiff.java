package dev.trafficlab.lab.manifest;

import java.util.ArrayList;
import java.util.List;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;

import dev.trafficlab.lab.ManifestPreview.DiffLine;
import dev.trafficlab.lab.ManifestPreview.Sign;

/**
 * The difference of two texts, line by line. Finding the shortest one takes time and memory by the square of what differs: where that is
 * very much, all of it counts as one change, and of a very long difference the beginning is shown.
 */
final class LineDiff {

    private static final int CONTEXT = 2;
    /** Lines that differ at most, both texts together, for the shortest difference to be looked for: a twentieth of a second. */
    private static final int MOST_COMPARED = 2_000;
    private static final int MOST_SHOWN = 2_000;

    private final List<String> before;
    private final List<DiffLine> lines = new ArrayList<>();
    private int position;

    private LineDiff(List<String> before) {
        this.before = before;
    }

    /** The changed lines with two around them; empty when the texts are equal. */
    static List<DiffLine> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<AbstractDelta<String>> deltas = deltas(old, after.lines().toList());
        LineDiff diff = new LineDiff(old);
        deltas.forEach(diff::add);
        if (!deltas.isEmpty()) {
            diff.keep(Math.min(old.size(), diff.position + CONTEXT));
            diff.gapBefore(old.size());
        }
        return diff.shown();
    }

    private static List<AbstractDelta<String>> deltas(List<String> before, List<String> after) {
        int most = Math.min(before.size(), after.size());
        int start = 0;
        while (start < most && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < most - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        List<String> old = before.subList(start, before.size() - end);
        List<String> now = after.subList(start, after.size() - end);
        return old.size() + now.size() <= MOST_COMPARED
                ? DiffUtils.diff(before, after).getDeltas()
                : List.of(new ChangeDelta<>(new Chunk<>(start, old), new Chunk<>(start, now)));
    }

    private List<DiffLine> shown() {
        if (lines.size() <= MOST_SHOWN) {
            return lines;
        }
        List<DiffLine> shown = new ArrayList<>(lines.subList(0, MOST_SHOWN));
        shown.add(new DiffLine(Sign.GAP, ""));
        return shown;
    }

    private void add(AbstractDelta<String> delta) {
        int start = delta.getSource().getPosition();
        keep(Math.min(start, lines.isEmpty() ? 0 : position + CONTEXT));
        gapBefore(start - CONTEXT);
        keep(start);
        delta.getSource().getLines().forEach(line -> lines.add(new DiffLine(Sign.REMOVED, line)));
        delta.getTarget().getLines().forEach(line -> lines.add(new DiffLine(Sign.ADDED, line)));
        position = start + delta.getSource().size();
    }

    private void keep(int end) {
        for (; position < end; position++) {
            lines.add(new DiffLine(Sign.SAME, before.get(position)));
        }
    }

    private void gapBefore(int line) {
        if (line > position) {
            lines.add(new DiffLine(Sign.GAP, ""));
            position = line;
        }
    }
}
