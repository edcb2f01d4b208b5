package io.aftercall.rpc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.PolicyServiceGrpc;
import io.aftercall.boot.DatabaseResource;
import io.grpc.BindableService;
import io.quarkus.grpc.runtime.health.GrpcHealthStorage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class HealthTest {

    @Any
    @Inject
    Instance<BindableService> services;

    @RegisterExtension
    final Client client = new Client();

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready"})
    void theServerIsUp(String path) {
        await().untilAsserted(() -> given().get(path).then().statusCode(200).body("status", equalTo("UP")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                AcwServiceGrpc.SERVICE_NAME,
                AgentStateServiceGrpc.SERVICE_NAME,
                PolicyServiceGrpc.SERVICE_NAME
            })
    void everyServiceIsServing(String service) {
        await().untilAsserted(() -> assertThat(check(service)).isEqualTo(ServingStatus.SERVING));
    }

    @Test
    void whatTheServerSaysOfItselfItSaysOfEveryService() {
        GrpcHealthStorage said = new GrpcHealthStorage();

        new GrpcHealth(said).serving(false);

        assertThat(said.getStatuses().keySet())
                .containsAll(services.stream()
                        .map(service ->
                                service.bindService().getServiceDescriptor().getName())
                        .filter(name -> name.startsWith("acw."))
                        .toList());
    }

    @Test
    void aServiceThatThereIsNotIsNotServing() {
        ServingStatus status = check("acw.v1.Nonsense");

        assertThat(status).isNotEqualTo(ServingStatus.SERVING);
    }

    private ServingStatus check(String service) {
        return HealthGrpc.newBlockingStub(client.channel())
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }
}
