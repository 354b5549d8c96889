package dev.trafficlab.web.api;

import java.net.URI;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.NewLab;
import dev.trafficlab.lab.UnknownLabException;
import dev.trafficlab.limits.Charged;

/** A lab as a whole. */
@RestController
@RequestMapping("/api/v1/labs")
class LabsApi {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    private final Labs labs;
    private final Courses courses;
    private final GatewayUrls gateways;

    LabsApi(Labs labs, Courses courses, GatewayUrls gateways) {
        this.labs = labs;
        this.courses = courses;
        this.gateways = gateways;
    }

    /** Makes a lab, for the first course unless another is asked for. */
    @PostMapping
    @Charged(Charged.What.NEW_LAB)
    ResponseEntity<LabBody> create(@RequestBody(required = false) @Nullable NewLabOrder order,
            HttpServletRequest request) {
        Course course = course(order == null || order.course() == null ? "" : order.course());
        NewLab made = labs.create(course.id());
        String root = request.getContextPath();
        return ResponseEntity.created(URI.create(root + "/api/v1/labs/" + made.lab().id()))
                .body(LabBody.of(made, course, root).at(gateways.of(made.lab().id())));
    }

    /** The lab's progress. */
    @GetMapping("/{lab}")
    LabBody progress(Learner learner, HttpServletRequest request) {
        return labs.find(learner.lab())
                .map(lab -> LabBody.of(lab, course(lab.course()), request.getContextPath()).at(gateways.of(lab.id())))
                .orElseThrow(() -> new UnknownLabException("There is no lab " + learner.lab() + " any more."));
    }

    /** Makes the lab as new. */
    @PostMapping("/{lab}/reset")
    @Charged(Charged.What.CHANGE)
    LabBody reset(Learner learner, HttpServletRequest request) {
        labs.reset(learner.lab());
        return progress(learner, request);
    }

    /** A kubeconfig for the learner's own kubectl. */
    @GetMapping("/{lab}/kubeconfig")
    ResponseEntity<String> kubeconfig(Learner learner, HttpServletRequest request) {
        URI server = ServletUriComponentsBuilder.fromContextPath(request).build().toUri();
        return ResponseEntity.ok()
                .contentType(YAML)
                .header(HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("kubeconfig-" + learner.lab() + ".yaml")
                                .build()
                                .toString())
                .body(labs.kubeconfig(learner.lab(), learner.token(), server));
    }

    private Course course(String id) {
        return (id.isEmpty() ? courses.all().stream().findFirst() : courses.find(id))
                .orElseThrow(() -> new UnknownLabException("There is no course \"" + id + "\" on this server."));
    }

    /**
     * Which lab to make.
     *
     * @param course the course's id; the first course unless stated
     */
    record NewLabOrder(@Nullable String course) {}
}
