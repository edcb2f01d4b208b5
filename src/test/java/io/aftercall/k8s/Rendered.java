package io.aftercall.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What an overlay comes to, as {@code kubectl apply -k} would send it. */
public final class Rendered {

    private static final int POSTGRESQL = 5432;

    private static final Map<String, Rendered> OVERLAYS = new ConcurrentHashMap<>();

    private final List<ObjectNode> manifests;

    private Rendered(List<ObjectNode> manifests) {
        this.manifests = manifests;
    }

    /** @param name of a folder in {@code k8s/overlays} */
    public static Rendered overlay(String name) {
        return OVERLAYS.computeIfAbsent(name, overlay -> new Rendered(parse(kustomize(overlay))));
    }

    List<ObjectNode> manifests() {
        return manifests;
    }

    /** All of a kind. */
    <T> List<T> all(Class<T> kind) {
        return manifests.stream()
                .filter(manifest ->
                        KubernetesApi.kindOf(manifest).filter(kind::equals).isPresent())
                .map(manifest -> kind.cast(KubernetesApi.read(manifest)))
                .toList();
    }

    /** The only one of a kind. */
    <T> T the(Class<T> kind) {
        List<T> all = all(kind);
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " of the kind " + kind.getSimpleName());
        }
        return all.get(0);
    }

    /** What the server is set to by the ConfigMap. */
    public Map<String, String> settings() {
        return all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().startsWith("aftercall-settings-"))
                .findFirst()
                .orElseThrow()
                .getData();
    }

    /** By which the server's NetworkPolicy knows where it may go. */
    Map<String, String> labelsOfTheDatabase() {
        return all(NetworkPolicy.class).stream()
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .filter(rule -> rule.getPorts().stream().anyMatch(port -> Integer.valueOf(POSTGRESQL)
                        .equals(port.getPort().getIntVal())))
                .map(rule -> rule.getTo().get(0).getPodSelector().getMatchLabels())
                .findFirst()
                .orElseThrow();
    }

    private static List<ObjectNode> parse(String yaml) {
        try {
            return new YAMLMapper()
                    .readerFor(JsonNode.class)
                    .<ObjectNode>readValues(yaml)
                    .readAll();
        } catch (JsonProcessingException e) {
            throw new AssertionError("kubectl has not written YAML", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String kustomize(String overlay) {
        try {
            Process process = new ProcessBuilder(
                            "kubectl",
                            "kustomize",
                            Path.of("k8s", "overlays", overlay).toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("k8s/overlays/" + overlay + " cannot be rendered: " + output);
            }
            return output;
        } catch (IOException absent) {
            throw new AssertionError(
                    "The manifests are rendered by kubectl, 1.27 or newer, which is not on the PATH: install it",
                    absent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
