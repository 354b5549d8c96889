package dev.trafficlab.web.page;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import jakarta.servlet.http.Cookie;

import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;

import dev.trafficlab.web.live.LivePanel;
import dev.trafficlab.web.testing.FakeCourses;
import dev.trafficlab.web.testing.FakeLabs;
import dev.trafficlab.web.testing.Fakes;

/** The pages and nothing else, on fakes. */
@Retention(RetentionPolicy.RUNTIME)
@WebMvcTest(controllers = {HomeController.class, CourseController.class, LabController.class, StepController.class,
        TrafficController.class})
@Import({Fakes.class, FakeCourses.class, PageConfiguration.class, LabGate.class, CoursePages.class, PageErrors.class, LivePanel.class})
@interface PageSlice {

    /** The cookie of the lab that is there. */
    Cookie OWNER = new Cookie(FakeLabs.LAB, FakeLabs.TOKEN);

    /** The address of that lab. */
    String LAB = "/labs/" + FakeLabs.LAB;
}
