package dev.trafficlab.course.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Page;
import dev.trafficlab.course.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** The course that we ship, as the server reads it. */
class ClassPathCoursesTests {

    private static final Pattern HEADING = Pattern.compile("<h([1-6])[ >]");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");

    private static final Course COURSE = read();

    @Test
    void findsTheCourseWithItsStepsInOrder() {
        assertThat(COURSE.steps()).extracting(Step::id)
                .containsExactly("services", "inject", "gateway",
                        "virtual-service",
                        "destination-rules", "sticky", "shares-that-stick");
        assertThat(COURSE.steps()).extracting(Step::number).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(COURSE.steps()).flatExtracting(Step::manifests)
                .extracting(Step.Manifest::file)
                .containsExactly("services.yaml", "deployments.yaml", "namespace.yaml", "gateway.yaml",
                        "virtualservice.yaml",
                        "destinationrule.yaml", "sticky.yaml", "shares-that-stick.yaml");
    }

    @Test
    void everyStepEndsWithAnExercise() {
        assertThat(COURSE.steps()).allSatisfy(step -> assertThat(step.exercise()).hasValueSatisfying(exercise -> {
            assertThat(exercise.checks()).isNotEmpty();
            assertThat(exercise.solution().html()).contains("class=\"line");
        }));
    }

    @Test
    void onlyTheInjectStepRestartsTheDeployments() {
        assertThat(COURSE.steps()).filteredOn(Step::restartsDeployments).extracting(Step::id).containsExactly("inject");
    }

    @Test
    void onlyTheStepsBeforeTheGatewaySendFromInside() {
        assertThat(COURSE.steps()).filteredOn(step -> step.traffic().inside())
                .extracting(Step::id)
                .containsExactly("services", "inject");
    }

    @Test
    void theWelcomePageShowsTheDemoApplication() {
        assertThat(COURSE.welcome().html()).contains("<figure class=\"drawing\">",
                "aria-labelledby=\"demo-application-title demo-application-desc\"");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void teachesAtLeast350WordsBesideTheCode(Step step) {
        String prose = textOf(step.intro() + step.explanation());
        assertThat(prose.split("\\s+")).hasSizeGreaterThanOrEqualTo(350);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void saysWhatJustHappenedOnceItIsApplied(Step step) {
        assertThat(step.explanation()).contains(">What just happened</h2>");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void showsEachManifestHighlightedWithLinesExplained(Step step) {
        assertThat(step.manifests()).isNotEmpty().allSatisfy(manifest -> {
            assertThat(textOf(manifest.html().replaceAll("</?pre.*?>", ""))).isEqualTo(textOf(escape(manifest.yaml())));
            assertThat(manifest.html()).contains("class=\"hl-key\"");
        });
        assertThat(step.manifests()).anySatisfy(manifest -> assertThat(manifest.html()).contains(
                "class=\"line marked\""));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void checksSayWhatHoldsAndWhatToDo(Step step) {
        assertThat(step.checks()).isNotEmpty().allSatisfy(check -> {
            assertThat(check.name()).hasSizeBetween(10, 80);
            assertThat(check.hint()).hasSizeGreaterThan(10).endsWith(".");
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void headingsStartBelowTheTitleAndSkipNoLevel(Page page) {
        int before = 1;
        for (Matcher heading = HEADING.matcher(page.html()); heading.find();) {
            int level = Integer.parseInt(heading.group(1));
            assertThat(level).isBetween(2, before + 1);
            before = level;
        }
        assertThat(before).isGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void idsAreUniqueOnAPage(Page page) {
        List<String> ids = new ArrayList<>();
        ID.matcher(page.html()).results().forEach(id -> ids.add(id.group(1)));
        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void passesAPolicyWithoutInlineScriptOrStyle(Page page) {
        assertThat(page.html()).doesNotContainPattern("<script|<style|[\\s]style=|[\\s]on\\w+=|javascript:");
    }

    static Stream<Step> steps() {
        return COURSE.steps().stream();
    }

    static Stream<Page> pages() {
        return Stream.concat(Stream.of(COURSE.welcome(), COURSE.finish()),
                steps().map(step -> new Page(step.title(), step.intro() + step.explanation())));
    }

    private static Course read() {
        try {
            return ClassPathCourses.read(new PathMatchingResourcePatternResolver(), KnownChecks.all())
                    .stream()
                    .filter(course -> course.id().equals("traffic-weighting"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String textOf(String html) {
        return html.replaceAll("(?s)<pre.*?</pre>|<svg.*?</svg>", " ").replaceAll("<[^>]+>", "").strip();
    }

    private static String escape(String text) {
        return text.replace("\"", "&quot;");
    }
}
