package io.aftercall.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What three replicas and their database have to be. */
class ProductionRulesTest {

    private static final Rendered PRODUCTION = Rendered.overlay("production");

    private static final Deployment SERVER = PRODUCTION.the(Deployment.class);
    private static final PodSpec POD = SERVER.getSpec().getTemplate().getSpec();
    private static final Container SERVING = POD.getContainers().get(0);
    private static final Container MIGRATING = POD.getInitContainers().get(0);
    private static final HorizontalPodAutoscaler AUTOSCALER = PRODUCTION.the(HorizontalPodAutoscaler.class);
    private static final PostgresCluster.Spec POSTGRES =
            PRODUCTION.the(PostgresCluster.class).spec();

    @Test
    void thereAreThreeReplicasAndTheAutoscalerAloneSaysHowMany() {
        assertThat(AUTOSCALER.getSpec().getMinReplicas()).isGreaterThanOrEqualTo(3);
        assertThat(AUTOSCALER.getSpec().getScaleTargetRef().getName())
                .isEqualTo(SERVER.getMetadata().getName());
        assertThat(SERVER.getSpec().getReplicas()).isNull();
    }

    @Test
    void theyAreCountedByProcessorAndBySubscribers() {
        assertThat(AUTOSCALER.getSpec().getMetrics())
                .anyMatch(metric -> metric.getResource() != null
                        && metric.getResource().getName().equals("cpu"))
                .anyMatch(metric -> metric.getPods() != null
                        && metric.getPods().getMetric().getName().equals("acw_stream_subscribers"));
    }

    @Test
    void aDrainLeavesMostOfThemAndCanGoOn() {
        PodDisruptionBudget budget = PRODUCTION.the(PodDisruptionBudget.class);

        assertThat(budget.getSpec().getMaxUnavailable().getIntVal())
                .isPositive()
                .isLessThan(AUTOSCALER.getSpec().getMinReplicas() - 1);
        assertThat(budget.getSpec().getSelector().getMatchLabels()).isEqualTo(podLabels());
    }

    @Test
    void anUpgradeTakesNoneAwayBeforeAnotherIsReady() {
        assertThat(SERVER.getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxUnavailable()
                        .getIntVal())
                .isZero();
    }

    @Test
    void noTwoAreOnOneMachineIfThereAreOthers() {
        assertThat(POD.getTopologySpreadConstraints())
                .anySatisfy(spread -> {
                    assertThat(spread.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
                    assertThat(spread.getWhenUnsatisfiable()).isEqualTo("DoNotSchedule");
                })
                .anySatisfy(spread -> assertThat(spread.getTopologyKey()).isEqualTo("topology.kubernetes.io/zone"))
                .allSatisfy(spread ->
                        assertThat(spread.getLabelSelector().getMatchLabels()).isEqualTo(podLabels()));
    }

    @Test
    void probesMeanWhatTheHealthChecksSay() {
        assertThat(SERVING.getStartupProbe().getHttpGet().getPath()).isEqualTo("/q/health/started");
        assertThat(SERVING.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
        assertThat(SERVING.getLivenessProbe().getHttpGet().getPath())
                .as("a database that is away is no reason to start again")
                .isEqualTo("/q/health/live");
    }

    @Test
    void probesSpeakTlsAsThePortDoes() {
        assertThat(PRODUCTION.settings()).containsKeys("AFTERCALL_TLS_CERTIFICATE", "AFTERCALL_TLS_KEY");
        assertThat(SERVING.getStartupProbe().getHttpGet().getScheme()).isEqualTo("HTTPS");
        assertThat(SERVING.getReadinessProbe().getHttpGet().getScheme()).isEqualTo("HTTPS");
        assertThat(SERVING.getLivenessProbe().getHttpGet().getScheme()).isEqualTo("HTTPS");
    }

    @Test
    void servicesReachPortsThatThereAre() {
        assertThat(PRODUCTION.all(Service.class))
                .anyMatch(service -> service.getSpec().getClusterIP() == null)
                .anyMatch(service -> "None".equals(service.getSpec().getClusterIP()))
                .allSatisfy(service -> {
                    assertThat(podLabels())
                            .containsAllEntriesOf(service.getSpec().getSelector());
                    assertThat(service.getSpec().getPorts()).allSatisfy(port -> assertThat(SERVING.getPorts())
                            .anyMatch(open ->
                                    open.getName().equals(port.getTargetPort().getStrVal())
                                            && open.getContainerPort().equals(port.getPort())));
                });
    }

    @Test
    void metricsAreFetchedFromAPortThatThereIs() {
        assertThat(PRODUCTION.the(ServiceMonitor.class).getSpec().getEndpoints())
                .isNotEmpty()
                .allSatisfy(endpoint -> assertThat(SERVING.getPorts())
                        .anyMatch(open -> open.getName().equals(endpoint.getPort())));
    }

    @Test
    void whoServesHasNotTheOwnersPassword() {
        assertThat(MIGRATING.getArgs()).containsExactly("--migrate");
        assertThat(MIGRATING.getImage()).isEqualTo(SERVING.getImage());
        assertThat(MIGRATING.getVolumeMounts())
                .anyMatch(mount -> mount.getName().equals("owner"));
        assertThat(SERVING.getVolumeMounts()).noneMatch(mount -> mount.getName().equals("owner"));
        assertThat(SERVING.getEnv()).allMatch(variable -> variable.getValueFrom() == null);
        assertThat(PRODUCTION.settings()).containsEntry("QUARKUS_FLYWAY_MIGRATE_AT_START", "false");
    }

    @Test
    void kubernetesTellsPodsNothingThatTheyDoNotNeed() {
        assertThat(PRODUCTION.the(ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(POD.getServiceAccountName())
                .isEqualTo(PRODUCTION.the(ServiceAccount.class).getMetadata().getName());
        assertThat(POD.getAutomountServiceAccountToken()).isFalse();
        assertThat(POD.getEnableServiceLinks())
                .as("AFTERCALL_PORT would be a setting")
                .isFalse();
    }

    @Test
    void theNamespaceTakesRestrictedPodsOnly() {
        assertThat(PRODUCTION.the(Namespace.class).getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @Test
    void whatIsCommittedIsOnTwoMachines() {
        assertThat(POSTGRES.instances()).isGreaterThanOrEqualTo(3);
        assertThat(POSTGRES.postgresql().synchronous().number()).isPositive().isLessThan(POSTGRES.instances() - 1);
        assertThat(POSTGRES.postgresql().synchronous().dataDurability())
                .isEqualTo(PostgresCluster.DataDurability.required);
        assertThat(POSTGRES.affinity().podAntiAffinityType()).isEqualTo(PostgresCluster.AntiAffinity.required);
    }

    @Test
    void theDatabaseIsTheOneThatTheServerMayGoTo() {
        assertThat(POSTGRES.inheritedMetadata().labels()).isEqualTo(PRODUCTION.labelsOfTheDatabase());
    }

    @Test
    void theDatabaseHasConnectionsForAllReplicas() {
        int connections = Integer.parseInt(POSTGRES.postgresql().parameters().get("max_connections"));

        // One more during an upgrade; and each pod migrates before it serves.
        assertThat((AUTOSCALER.getSpec().getMaxReplicas() + 1) * (Settings.pool() + 2))
                .isLessThan(connections);
    }

    @Test
    void theServersLoginMayPutOnWhatRolesSqlSays() {
        PostgresCluster.Role login = POSTGRES.managed().roles().get(0);

        assertThat(login.name()).isEqualTo("aftercall");
        assertThat(login.superuser() || login.bypassrls() || login.createdb() || login.createrole())
                .isFalse();
        assertThat(Settings.rolesGrantedToTheServer()).containsExactlyInAnyOrderElementsOf(login.inRoles());
    }

    private static Map<String, String> podLabels() {
        return SERVER.getSpec().getTemplate().getMetadata().getLabels();
    }
}
