package dev.trafficlab.embedded.api;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ResourceTypesTests {

    @Test
    void threeVersionsAreViewsOfOneKind() {
        var preferred = ResourceTypes.byKind("networking.istio.io", "v1", "VirtualService");
        assertThat(preferred).isPresent();
        assertThat(ResourceTypes.byKind("networking.istio.io", "v1beta1", "VirtualService")).isEqualTo(preferred);
        assertThat(ResourceTypes.byPlural("networking.istio.io", "v1alpha3", "virtualservices")).isEqualTo(preferred);
    }

    @Test
    void whatIsNotServedIsNotFound() {
        assertThat(ResourceTypes.byKind("networking.istio.io", "v1", "EnvoyFilter")).isEmpty();
        assertThat(ResourceTypes.byKind("apps", "v1beta1", "Deployment")).isEmpty();
        assertThat(ResourceTypes.byPlural("", "v1", "secrets")).isEmpty();
    }

    @Test
    void shortNamesAreThoseThatKubectlUsersType() {
        assertThat(ResourceTypes.all()).flatExtracting(ResourceType::shortNames)
                .containsExactlyInAnyOrder("ns", "no",
                        "cm",
                        "ep", "ev", "po", "svc", "sa", "crd", "crds", "deploy", "rs", "dr", "gw", "se", "vs");
    }

    @Test
    void onlyTheClusterWritesNodesAndDefinitions() {
        assertThat(ResourceTypes.all()).filteredOn(ResourceType::readOnly)
                .extracting(ResourceType::resource)
                .containsExactly("nodes", "customresourcedefinitions.apiextensions.k8s.io");
    }
}
