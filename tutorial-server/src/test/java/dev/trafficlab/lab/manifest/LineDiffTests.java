package dev.trafficlab.lab.manifest;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.trafficlab.lab.ManifestPreview.DiffLine;
import dev.trafficlab.lab.ManifestPreview.Sign;

import static org.assertj.core.api.Assertions.assertThat;

class LineDiffTests {

    @Test
    void equalTextsDifferNowhere() {
        assertThat(LineDiff.of("a\nb\n", "a\nb\n")).isEmpty();
    }

    @Test
    void changedLineStandsBetweenTwoOthersAndGaps() {
        assertThat(show("a\nb\nc\nd\ne\nf\ng\n", "a\nb\nc\nX\ne\nf\ng\n")).containsExactly("GAP ", "SAME b", "SAME c",
                "REMOVED d", "ADDED X", "SAME e", "SAME f", "GAP ");
    }

    @Test
    void nearChangesShareWhatIsBetween() {
        assertThat(show("a\nb\nc\n", "X\nb\nY\n")).containsExactly("REMOVED a", "ADDED X", "SAME b", "REMOVED c",
                "ADDED Y");
        assertThat(show("a\nb\nc\nd\ne\nf\n", "X\nb\nc\nd\ne\nY\n")).containsExactly("REMOVED a", "ADDED X", "SAME b",
                "SAME c", "SAME d", "SAME e", "REMOVED f", "ADDED Y");
    }

    @Test
    void farChangesAreHeldApartByAGap() {
        assertThat(show("a\nb\nc\nd\ne\nf\ng\n", "X\nb\nc\nd\ne\nf\nY\n")).containsExactly("REMOVED a", "ADDED X",
                "SAME b", "SAME c", "GAP ", "SAME e", "SAME f", "REMOVED g", "ADDED Y");
    }

    @Test
    void textThatOnlyGrowsLosesNothing() {
        assertThat(show("a\n", "a\nb\n")).containsExactly("SAME a", "ADDED b");
    }

    private static List<String> show(String before, String after) {
        List<DiffLine> lines = LineDiff.of(before, after);
        assertThat(lines).filteredOn(line -> line.sign() == Sign.GAP).allMatch(line -> line.text().isEmpty());
        return lines.stream().map(line -> line.sign() + " " + line.text()).toList();
    }
}
