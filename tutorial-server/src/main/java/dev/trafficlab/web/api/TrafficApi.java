package dev.trafficlab.web.api;

import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import dev.trafficlab.traffic.Traffic;
import dev.trafficlab.traffic.TrafficReport;

/** Requests into a lab, how they split, and why one went where it went. */
@RestController
@RequestMapping("/api/v1/labs/{lab}")
class TrafficApi {

    private final Traffic traffic;

    TrafficApi(Traffic traffic) {
        this.traffic = traffic;
    }

    /** Sends the requests and waits for all answers. */
    @PostMapping("/traffic")
    TrafficReport send(Learner learner, @Valid @RequestBody TrafficBody body) {
        return traffic.send(learner.lab(), body.order());
    }

    /** The split as the logging backend counts it. */
    @GetMapping("/split")
    SplitBody split(Learner learner) {
        return SplitBody.of(traffic.split(learner.lab()));
    }

    /** "Delete Logs": sets all counts back to nothing. */
    @DeleteMapping("/split")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteLogs(Learner learner) {
        traffic.deleteLogs(learner.lab());
    }

    /** Sends one request now and gives its reasons. */
    @GetMapping("/trace")
    TraceBody trace(Learner learner,
            @RequestParam(defaultValue = "/") @Pattern(regexp = TrafficBody.PATH, message = TrafficBody.PATH_MESSAGE) @Size(max = TrafficBody.LONGEST_PATH) String path,
            @RequestParam(defaultValue = "outside") TrafficOrigin from) {
        var body = new TrafficBody(1, path, 1, Map.of(), from);
        return TraceBody.of(traffic.trace(learner.lab(), body.order()));
    }
}
