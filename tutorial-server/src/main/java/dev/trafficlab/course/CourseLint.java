package dev.trafficlab.course;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

import dev.trafficlab.course.reading.InvalidContentException;

/** The argument {@code --lint}: reads all courses, prints what is wrong with them line by line, and serves nothing. */
@ComponentScan(basePackages = "dev.trafficlab.course", useDefaultFilters = false, includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.CourseCatalogue"))
@ComponentScan(basePackages = "dev.trafficlab.lab", useDefaultFilters = false, includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = "dev\\.trafficlab\\.lab\\.(LabObjectKinds|check\\..*Check)"))
@ConfigurationPropertiesScan("dev.trafficlab.course")
public final class CourseLint {

    /** The argument that asks for it. */
    public static final String ARGUMENT = "--lint";

    private CourseLint() {}

    /** What is wrong with the courses that the arguments name, {@code file:line: what to write} each. */
    public static List<String> problems(String... args) {
        String[] settings = Stream.concat(Stream.of(args).filter(arg -> !arg.equals(ARGUMENT)), Stream.of(
                "--logging.level.root=off"))
                .toArray(String[]::new);
        SpringApplicationBuilder reading = new SpringApplicationBuilder(CourseLint.class).web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false);
        try (ConfigurableApplicationContext context = reading.run(settings)) {
            return lines(context.getBean(Courses.class).problems());
        } catch (RuntimeException failed) {
            return lines(InvalidContentException.in(failed).orElseThrow(() -> failed));
        }
    }

    private static List<String> lines(List<ContentProblem> problems) {
        return problems.stream().map(ContentProblem::toString).toList();
    }
}
