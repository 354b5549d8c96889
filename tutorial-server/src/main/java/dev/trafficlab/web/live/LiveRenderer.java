package dev.trafficlab.web.live;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;
import dev.trafficlab.inventory.Inventory;
import dev.trafficlab.inventory.Topology;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.traffic.LiveSnapshot;

/** Makes what the socket sends: the picture each time, the drawing of the way only when it would look different. */
@Component
class LiveRenderer {

    private static final Logger log = LoggerFactory.getLogger(LiveRenderer.class);

    private final LivePanel panel;
    private final TopologyDrawing drawing;
    private final Inventory inventory;
    private final Courses courses;
    private final Labs labs;

    LiveRenderer(LivePanel panel, TopologyDrawing drawing, Inventory inventory, Courses courses, Labs labs) {
        this.labs = labs;
        this.panel = panel;
        this.drawing = drawing;
        this.inventory = inventory;
        this.courses = courses;
    }

    /** What one browser is sent. */
    Reel reel(LiveSocket.Visit visit) {
        return new Reel(visit, courses.find(visit.course()));
    }

    /** Pictures come to it one at a time. */
    final class Reel {

        private final LiveSocket.Visit visit;
        private final Optional<Course> course;
        private volatile @Nullable Look last;

        Reel(LiveSocket.Visit visit, Optional<Course> course) {
            this.visit = visit;
            this.course = course;
        }

        String next(LiveSnapshot picture) {
            Locale locale = visit.locale();
            return panel.picture(picture, locale, expected()) + panel.recent(picture, locale) + panel.glance(picture
                    .split(),
                    locale) + revision(picture) + way(picture);
        }

        /** What the requests of the step that the learner is at should get. */
        private int expected() {
            return course.flatMap(found -> labs.find(visit.labId()).flatMap(lab -> found.step(lab.current())))
                    .map(step -> step.traffic().expect())
                    .orElse(LivePanel.WELL);
        }

        private String way(LiveSnapshot picture) {
            Optional<Topology> topology = topology();
            if (topology.isEmpty()) {
                return "";
            }
            Look look = new Look(topology.get(), TopologyDrawing.figures(picture.split()));
            Look before = last;
            if (look.equals(before)) {
                return "";
            }
            last = look;
            boolean stays = before != null && look.isDrawnLike(before);
            return stays ? drawing.flow(visit.address(), look.topology(), picture.split(), visit.locale())
                    : drawing.html(visit.address(), look.topology(), picture.split(), visit.locale());
        }

        /** The panel goes on while the objects cannot be read. */
        private Optional<Topology> topology() {
            try {
                return course.map(found -> inventory.topology(visit.labId(), found));
            } catch (RuntimeException e) {
                log.atDebug().addKeyValue("namespace", visit.labId()).setCause(e).log("no topology this time");
                return Optional.empty();
            }
        }

        /** Other parts of the page see by it that objects have changed. */
        private static String revision(LiveSnapshot picture) {
            return "<i id=\"revision\" class=\"hidden\" data-revision=\"" + picture.revision() + "\"></i>";
        }
    }

    /** What a drawing shows. */
    private record Look(Topology topology, Map<String, Long> figures) {

        /** Whether only its figures differ: then they are sent, and the drawing stays. */
        boolean isDrawnLike(Look other) {
            return topology.equals(other.topology) && figures.keySet().equals(other.figures.keySet())
                    && isCounted() == other.isCounted();
        }

        private boolean isCounted() {
            return figures.values().stream().anyMatch(figure -> figure >= 0);
        }
    }
}
