package dev.trafficlab.web.live;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

import dev.trafficlab.embedded.analysis.Finding;
import dev.trafficlab.embedded.analysis.FindingKind;
import dev.trafficlab.inventory.Topology;
import dev.trafficlab.inventory.Topology.Node;
import dev.trafficlab.inventory.Topology.ObjectName;
import dev.trafficlab.inventory.Topology.Place;
import dev.trafficlab.inventory.Topology.Pods;
import dev.trafficlab.traffic.Split;

import static org.assertj.core.api.Assertions.assertThat;

class TopologyDrawingTests {

    private static String drawing(FindingKind kind) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        Node route = new Node("route/colors", Place.ROUTE, "colors", "", Pods.NONE, Optional.of(new ObjectName(
                "VirtualService", "colors")), Optional.empty());
        Finding finding = new Finding(kind, new Finding.ObjectName("VirtualService", "lab", "colors"), List.of("<b>",
                "colors", "v1"));
        return new TopologyDrawing(messages).html("/labs/lab", new Topology(List.of(route), List.of(), List.of(
                finding)), new Split(0, List.of(), Optional.empty(), OptionalDouble.empty()), Locale.ENGLISH);
    }

    @Test
    void anObjectInWhichSomethingIsFoundIsMarked() {
        assertThat(drawing(FindingKind.HOST_NOT_FOUND)).contains("class=\"finding\"", "look here",
                "<title>IST0101: It leads to the host &lt;b&gt;").doesNotContain("<b>");
    }

    @Test
    void whatIsOnlyWorthKnowingIsNotMarked() {
        assertThat(drawing(FindingKind.MATCH_INEFFECTIVE)).contains("routes").doesNotContain("finding");
    }
}
