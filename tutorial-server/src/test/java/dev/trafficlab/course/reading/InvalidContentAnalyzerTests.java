package dev.trafficlab.course.reading;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.trafficlab.course.ContentProblem;
import dev.trafficlab.course.Courses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(OutputCaptureExtension.class)
class InvalidContentAnalyzerTests {

    @Test
    void aServerWithWrongContentDoesNotStartAndSaysWhy(CapturedOutput output) {
        SpringApplicationBuilder server = new SpringApplicationBuilder(WrongContent.class).web(WebApplicationType.NONE);
        assertThatThrownBy(server::run).hasRootCauseInstanceOf(InvalidContentException.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "content/tiny/door.md:4: title is missing",
                "Put the files right").doesNotContain("\tat ");
    }

    @Configuration(proxyBeanMethods = false)
    static class WrongContent {

        @Bean
        Courses courses() {
            throw new InvalidContentException(List.of(new ContentProblem("content/tiny/door.md", 4,
                    "title is missing")));
        }
    }
}
