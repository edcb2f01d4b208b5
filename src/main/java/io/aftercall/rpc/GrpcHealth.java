package io.aftercall.rpc;

import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.AgentServiceGrpc;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.AuditServiceGrpc;
import io.aftercall.api.v1.DispositionServiceGrpc;
import io.aftercall.api.v1.EmailTemplateServiceGrpc;
import io.aftercall.api.v1.FollowUpServiceGrpc;
import io.aftercall.api.v1.PolicyServiceGrpc;
import io.aftercall.api.v1.ReportServiceGrpc;
import io.aftercall.api.v1.TenantServiceGrpc;
import io.aftercall.api.v1.WebhookServiceGrpc;
import io.aftercall.api.v1.WrapUpServiceGrpc;
import io.quarkus.grpc.runtime.health.GrpcHealthStorage;
import jakarta.inject.Singleton;
import java.util.List;

/** The gRPC health service beside the calls: says what the readiness check says, for the server and each service. */
@Singleton
public class GrpcHealth {

    private static final List<String> NAMES = List.of(
            GrpcHealthStorage.DEFAULT_SERVICE_NAME,
            AcwServiceGrpc.SERVICE_NAME,
            AgentStateServiceGrpc.SERVICE_NAME,
            AgentServiceGrpc.SERVICE_NAME,
            PolicyServiceGrpc.SERVICE_NAME,
            TenantServiceGrpc.SERVICE_NAME,
            AuditServiceGrpc.SERVICE_NAME,
            WrapUpServiceGrpc.SERVICE_NAME,
            DispositionServiceGrpc.SERVICE_NAME,
            FollowUpServiceGrpc.SERVICE_NAME,
            EmailTemplateServiceGrpc.SERVICE_NAME,
            WebhookServiceGrpc.SERVICE_NAME,
            ReportServiceGrpc.SERVICE_NAME);

    private final GrpcHealthStorage storage;
    private volatile Boolean last;

    GrpcHealth(GrpcHealthStorage storage) {
        this.storage = storage;
    }

    public void serving(boolean ready) {
        if (last == null || last != ready) {
            last = ready;
            ServingStatus status = ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
            NAMES.forEach(name -> storage.setStatus(name, status));
        }
    }
}
