package dev.trafficlab.instructor;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.trafficlab.instructor.Classroom.ResetAll;
import dev.trafficlab.lab.UnknownLabException;

/** The instructor's part of the JSON API. */
@RestController
@RequestMapping("/api/v1/instructor")
class InstructorApi {

    private final Classroom classroom;

    InstructorApi(Classroom classroom) {
        this.classroom = classroom;
    }

    @GetMapping("/labs")
    List<LabOverview> labs() {
        return classroom.overview();
    }

    @PostMapping("/labs/{lab}/reset")
    LabOverview reset(@PathVariable String lab) {
        return classroom.reset(lab);
    }

    @PostMapping("/reset")
    ResetAll resetAll() {
        return classroom.resetAll();
    }

    @ExceptionHandler
    ProblemDetail unknown(UnknownLabException e) {
        ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.NOT_FOUND);
        problem.setDetail(e.getMessage());
        return problem;
    }
}
