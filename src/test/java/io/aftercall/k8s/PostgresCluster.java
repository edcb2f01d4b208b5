package io.aftercall.k8s;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;

/**
 * Of a Cluster of CloudNativePG what our manifests use, by its API reference of version 1.28
 * (https://cloudnative-pg.io/docs/1.28/cloudnative-pg.v1): there is no artefact that has it.
 */
record PostgresCluster(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    record Spec(
            int instances,
            String imageName,
            Metadata inheritedMetadata,
            Postgresql postgresql,
            Bootstrap bootstrap,
            Managed managed,
            Affinity affinity,
            ResourceRequirements resources,
            Storage storage,
            Storage walStorage) {}

    record Metadata(Map<String, String> labels, Map<String, String> annotations) {}

    record Postgresql(Synchronous synchronous, Map<String, String> parameters) {}

    record Synchronous(Method method, int number, DataDurability dataDurability, boolean failoverQuorum) {}

    enum Method {
        any,
        first
    }

    enum DataDurability {
        required,
        preferred
    }

    record Bootstrap(InitDb initdb) {}

    record InitDb(String database, String owner, boolean dataChecksums, SqlRefs postInitSQLRefs) {}

    record SqlRefs(List<KeySelector> configMapRefs, List<KeySelector> secretRefs) {}

    record KeySelector(String name, String key) {}

    record Managed(List<Role> roles) {}

    record Role(
            String name,
            Ensure ensure,
            boolean login,
            boolean superuser,
            boolean createdb,
            boolean createrole,
            boolean bypassrls,
            Boolean inherit,
            LocalObjectReference passwordSecret,
            List<String> inRoles) {}

    enum Ensure {
        present,
        absent
    }

    record LocalObjectReference(String name) {}

    record Affinity(String topologyKey, AntiAffinity podAntiAffinityType) {}

    enum AntiAffinity {
        preferred,
        required
    }

    record Storage(String size, String storageClass) {}
}
