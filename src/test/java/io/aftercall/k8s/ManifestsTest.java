package io.aftercall.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests are what Kubernetes knows, to the letter. */
class ManifestsTest {

    /** Whose names are anybody's. */
    private static final Set<String> FREE =
            Set.of("annotations", "data", "labels", "limits", "matchLabels", "parameters", "requests", "selector");

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void everyManifestIsWhatTheApiTakes(String overlay) {
        assertThat(Rendered.overlay(overlay).manifests()).hasSizeGreaterThan(10).allSatisfy(manifest -> assertThat(
                        KubernetesApi.violation(manifest))
                .as(name(manifest))
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void aFieldThatNobodyKnowsIsFoundWhereverItIs(String overlay) {
        for (ObjectNode manifest : Rendered.overlay(overlay).manifests()) {
            List<JsonPointer> places = new ArrayList<>();
            collectObjects(manifest, JsonPointer.empty(), places);
            for (JsonPointer place : places) {
                ObjectNode typo = manifest.deepCopy();
                ((ObjectNode) typo.at(place)).put("tpyo", "x");
                assertThat(KubernetesApi.violation(typo))
                        .as("%s at %s", name(manifest), place)
                        .isPresent();
            }
        }
    }

    private static void collectObjects(JsonNode node, JsonPointer place, List<JsonPointer> places) {
        if (node.isObject()) {
            // A Service's selector has names of its own, anybody else's has matchLabels.
            if (!FREE.contains(last(place)) || node.has("matchLabels")) {
                places.add(place);
            }
            node.fields()
                    .forEachRemaining(
                            field -> collectObjects(field.getValue(), place.appendProperty(field.getKey()), places));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collectObjects(node.get(i), place.appendIndex(i), places);
            }
        }
    }

    private static String last(JsonPointer place) {
        return place.last() == null ? "" : place.last().getMatchingProperty();
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment, /spec/template/spec/terminationGracePeriodSeconds, \"30\"",
        "Deployment, /spec/template/spec/enableServiceLinks, \"false\"",
        "Deployment, /spec/template/spec/initContainers/0/env/0/value, 5",
        "Deployment, /spec/template/spec/initContainers/0/args, \"--migrate\"",
        "Deployment, /spec/template/spec/containers/0/ports/0/containerPort, 90.5",
        "ConfigMap, /data/roles.sql, true",
        "HorizontalPodAutoscaler, /spec/minReplicas, \"three\"",
        "NetworkPolicy, /spec/policyTypes, \"Egress\"",
        "Cluster, /spec/instances, \"3\"",
        "Cluster, /spec/postgresql/parameters/max_connections, 300",
        "Cluster, /spec/postgresql/synchronous/method, \"every\"",
        "ServiceMonitor, /spec/endpoints/0/path, 1",
    })
    void aValueOfAnotherTypeIsFound(String kind, String place, String json) throws IOException {
        ObjectNode wrong = Rendered.overlay("production").manifests().stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind))
                .filter(manifest -> !manifest.at(place).isMissingNode())
                .findFirst()
                .orElseThrow()
                .deepCopy();
        JsonPointer pointer = JsonPointer.compile(place);

        ((ObjectNode) wrong.at(pointer.head()))
                .set(pointer.last().getMatchingProperty(), new ObjectMapper().readTree(json));

        assertThat(KubernetesApi.violation(wrong)).isPresent();
    }

    @Test
    void aKindThatNobodyKnowsIsFound() {
        ObjectNode wrong = Rendered.overlay("production").manifests().get(0).deepCopy();

        assertThat(KubernetesApi.violation(wrong.put("kind", "Deploiment"))).isPresent();
    }

    @Test
    void theRolesAreThoseOfTheServer() throws IOException {
        assertThat(Path.of("k8s/components/database-roles/roles.sql"))
                .hasSameTextualContentAs(Path.of("src/main/resources/db/roles.sql"));
    }

    @Test
    void theImageIsOfThisVersion() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.substring(pom.indexOf("<version>") + 9, pom.indexOf("</version>"));

        assertThat(Path.of("k8s/base/kustomization.yaml")).content().contains("newTag: " + version + "\n");
    }

    private static String name(JsonNode manifest) {
        return manifest.path("kind").asText() + " "
                + manifest.at("/metadata/name").asText();
    }
}
