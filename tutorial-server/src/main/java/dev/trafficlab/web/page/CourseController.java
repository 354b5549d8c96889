package dev.trafficlab.web.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Step;

/** The course for everybody: no lab needed. */
@Controller
@RequestMapping("/courses/{courseId}")
class CourseController {

    private final CoursePages pages;

    CourseController(CoursePages pages) {
        this.pages = pages;
    }

    @GetMapping
    String course(@PathVariable String courseId) {
        // A redirect, because the text's links to steps are relative to the address of a step.
        pages.reading(courseId, CoursePage.WELCOME);
        return "redirect:/courses/{courseId}/steps/" + CoursePage.WELCOME;
    }

    /** Whether the author has changed the course since the page was made, and what is wrong with the change. */
    @GetMapping("/edition")
    ModelAndView edition(@PathVariable String courseId, @RequestParam long since) {
        return pages.edition(courseId, since);
    }

    /** Every manifest of the course as one zip archive, under the names that its pages call them by. */
    @GetMapping(path = "/manifests.zip", produces = "application/zip")
    ResponseEntity<byte[]> manifests(@PathVariable String courseId) throws IOException {
        Course course = pages.course(courseId);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            Set<String> written = new HashSet<>();
            for (Step step : course.steps()) {
                for (Step.Manifest manifest : step.manifests()) {
                    if (written.add(manifest.file())) {
                        // A fixed time keeps the archive the same from one download to the next.
                        zip.putNextEntry(new ZipEntry(manifest.file()).setLastModifiedTime(FileTime.fromMillis(0)));
                        zip.write(manifest.yaml().getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
        ContentDisposition name = ContentDisposition.attachment().filename(course.id() + "-manifests.zip").build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, name.toString())
                .body(archive.toByteArray());
    }

    @GetMapping("/steps/{pageId}")
    ModelAndView page(@PathVariable String courseId, @PathVariable String pageId) {
        return pages.reading(courseId, pageId);
    }
}
