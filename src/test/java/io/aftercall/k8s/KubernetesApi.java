package io.aftercall.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads manifests as strictly as {@code kubectl apply --validate=strict} has an API server do it: by the types that its API is made of. */
final class KubernetesApi {

    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
            Map.entry("postgresql.cnpg.io/v1/Cluster", PostgresCluster.class));

    private static final ObjectMapper STRICT = mapper();

    private KubernetesApi() {}

    private static ObjectMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                // The types would collect what they do not know.
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public Boolean hasAnySetter(Annotated annotated) {
                        return false;
                    }
                })
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        // A text is no number, and a number that is not quoted no text.
        refuse(
                builder,
                LogicalType.Textual,
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean));
        for (LogicalType type : List.of(LogicalType.Integer, LogicalType.Float, LogicalType.Boolean)) {
            refuse(builder, type, List.of(CoercionInputShape.String, CoercionInputShape.EmptyString));
        }
        refuse(builder, LogicalType.Integer, List.of(CoercionInputShape.Float));
        return builder.build();
    }

    private static void refuse(JsonMapper.Builder builder, LogicalType type, List<CoercionInputShape> shapes) {
        builder.withCoercionConfig(
                type, config -> shapes.forEach(shape -> config.setCoercion(shape, CoercionAction.Fail)));
    }

    static Optional<Class<?>> kindOf(JsonNode manifest) {
        return Optional.ofNullable(KINDS.get(manifest.path("apiVersion").asText() + "/"
                + manifest.path("kind").asText()));
    }

    /** Why the API would not take it; empty if it would. */
    static Optional<String> violation(JsonNode manifest) {
        Optional<Class<?>> kind = kindOf(manifest);
        if (kind.isEmpty()) {
            return Optional.of("nothing is known of " + manifest.path("apiVersion") + " " + manifest.path("kind"));
        }
        if (manifest.at("/metadata/name").asText().isEmpty()) {
            return Optional.of("it has no name");
        }
        try {
            STRICT.treeToValue(manifest, kind.get());
            return Optional.empty();
        } catch (JsonProcessingException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    /** @throws AssertionError if the API would not take it */
    static Object read(JsonNode manifest) {
        try {
            return STRICT.treeToValue(manifest, kindOf(manifest).orElseThrow());
        } catch (JsonProcessingException refused) {
            throw new AssertionError(refused);
        }
    }
}
