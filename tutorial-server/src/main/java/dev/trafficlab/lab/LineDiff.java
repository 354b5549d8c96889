package dev.trafficlab.lab;

import java.util.ArrayList;
import java.util.List;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;

import dev.trafficlab.lab.ManifestPreview.DiffLine;
import dev.trafficlab.lab.ManifestPreview.Sign;

/** The difference of two texts, line by line. */
final class LineDiff {

    private static final int CONTEXT = 2;

    private final List<String> before;
    private final List<DiffLine> lines = new ArrayList<>();
    private int position;

    private LineDiff(List<String> before) {
        this.before = before;
    }

    /** The changed lines with two around them; empty when the texts are equal. */
    static List<DiffLine> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<AbstractDelta<String>> deltas = DiffUtils.diff(old, after.lines().toList()).getDeltas();
        LineDiff diff = new LineDiff(old);
        deltas.forEach(diff::add);
        if (!deltas.isEmpty()) {
            diff.keep(Math.min(old.size(), diff.position + CONTEXT));
            diff.gapBefore(old.size());
        }
        return diff.lines;
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
