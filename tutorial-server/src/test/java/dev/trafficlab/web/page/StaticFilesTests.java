package dev.trafficlab.web.page;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

import dev.trafficlab.web.testing.Fakes;

import static org.assertj.core.api.Assertions.assertThat;

/** Styles and scripts, kept for good under addresses that change with them. */
@PageSlice
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class StaticFilesTests {

    private final MockMvcTester mvc;
    private final ResourceUrlProvider addresses;

    StaticFilesTests(WebApplicationContext context, ResourceUrlProvider addresses) {
        this.mvc = Fakes.guarded(context);
        this.addresses = addresses;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/css/app.css", "/js/panel.js", "/course/course.css", "/vendor/editor.js",
        "/images/favicon.svg"})
    void aFileIsServedForGoodUnderTheHashOfWhatItHolds(String path) {
        String address = address(path);

        assertThat(address).matches(path.replaceFirst("\\.(\\w+)$", "-[0-9a-f]{32}\\\\.$1"));
        assertThat(mvc.get().uri(address)).hasStatusOk().hasHeader("Cache-Control", "max-age=31536000, immutable");
        assertThat(mvc.get().uri(path)).hasStatusOk();
    }

    @Test
    void aLibraryIsServedUnderItsVersion() {
        String address = address("/webjars/htmx.org/dist/htmx.min.js");

        assertThat(address).matches("/webjars/htmx\\.org/\\d+\\.\\d+\\.\\d+/dist/htmx\\.min\\.js");
        assertThat(mvc.get().uri(address)).hasStatusOk().hasHeader("Cache-Control", "max-age=31536000, immutable");
    }

    @Test
    void anotherLinkIsNotLookedForAmongTheFiles() {
        assertThat(addresses.getForLookupPath(PageSlice.LAB + "/steps/services")).isNull();
        assertThat(addresses.getHandlerMap()).doesNotContainKey("/**");
    }

    private String address(String path) {
        return Objects.requireNonNull(addresses.getForLookupPath(path), path);
    }
}
