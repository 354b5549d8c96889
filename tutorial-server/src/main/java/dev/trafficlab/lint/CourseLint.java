package dev.trafficlab.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;

import dev.trafficlab.course.ContentProblem;
import dev.trafficlab.course.Courses;
import dev.trafficlab.course.reading.InvalidContentException;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.ManifestPreview;
import dev.trafficlab.traffic.Traffic;

/**
 * The argument {@code --lint}: reads all courses, walks those that can be read on an embedded cluster of its own, prints what is wrong
 * with them line by line, and serves nothing.
 */
@ComponentScan(basePackages = "dev.trafficlab", useDefaultFilters = false, includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = "dev\\.trafficlab\\."
        + "(course\\..*CourseCatalogue|lab\\.(kind\\.LabObjectKinds|LabConfiguration|check\\..*Check)"
        + "|cluster\\.EmbeddedClusterConfiguration|traffic\\.TrafficConfiguration|gateway\\.GatewayConfiguration|limits\\.Limits)"))
@ConfigurationPropertiesScan({"dev.trafficlab.course", "dev.trafficlab.cluster", "dev.trafficlab.lab",
    "dev.trafficlab.limits"})
public final class CourseLint {

    /** The argument that asks for it. */
    public static final String ARGUMENT = "--lint";

    private CourseLint() {}

    /** What is wrong with the courses that the arguments name, {@code file:line: what to write} each. */
    public static List<String> problems(String... args) {
        try {
            Path data = Files.createTempDirectory("course-lint");
            try {
                return problems(data, args).stream().map(ContentProblem::toString).toList();
            } finally {
                FileSystemUtils.deleteRecursively(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ContentProblem> problems(Path data, String... args) {
        String[] settings = Stream.concat(Stream.of(args).filter(arg -> !arg.equals(ARGUMENT)), Stream.of(
                "--logging.level.root=off", "--logging.level.dev.trafficlab=off")).toArray(String[]::new);
        SpringApplicationBuilder reading = new SpringApplicationBuilder(CourseLint.class).web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .lazyInitialization(true)
                .initializers(context -> context.getEnvironment().getPropertySources().addFirst(own(data)));
        try (ConfigurableApplicationContext context = reading.run(settings)) {
            Courses courses = context.getBean(Courses.class);
            CourseWalk walk = new CourseWalk(courses, context.getBean(Labs.class), context.getBean(
                    ManifestPreview.class),
                    context.getBean(Traffic.class));
            return Stream.concat(courses.problems().stream(), courses.all()
                    .stream()
                    .flatMap(course -> walk.problems(course).stream())).toList();
        } catch (RuntimeException failed) {
            return InvalidContentException.in(failed).orElseThrow(() -> failed);
        }
    }

    /** Settings of the linter's own cluster, whatever the arguments say of the server's. */
    private static MapPropertySource own(Path data) {
        return new MapPropertySource("lint", Map.of("tutorial.cluster", "embedded",
                "tutorial.data-dir", data.toString(), "tutorial.pod-phase", "0s", "tutorial.limits.enabled", "false"));
    }
}
