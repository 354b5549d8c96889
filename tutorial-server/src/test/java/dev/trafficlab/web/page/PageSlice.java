package dev.trafficlab.web.page;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import jakarta.servlet.http.Cookie;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

import dev.trafficlab.web.testing.FakeCourses;
import dev.trafficlab.web.testing.FakeLabs;
import dev.trafficlab.web.testing.Fakes;

/** The pages behind their real guards, on fakes, without a server. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = PageSlice.Setup.class)
@interface PageSlice {

    /** The cookie of the lab that is there. */
    Cookie OWNER = new Cookie(FakeLabs.LAB, FakeLabs.TOKEN);

    /** The address of that lab. */
    String LAB = "/labs/" + FakeLabs.LAB;

    /** What the pages stand on. */
    @EnableAutoConfiguration
    @Import({Fakes.class, FakeCourses.class})
    @ComponentScan({"dev.trafficlab.web.page", "dev.trafficlab.web.live", "dev.trafficlab.web.files"})
    class Setup {}
}
