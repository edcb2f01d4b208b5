package io.aftercall.boot;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready while the database answers and the agents in memory are what it has. Liveness needs neither. */
@org.eclipse.microprofile.health.Readiness
@Singleton
class Readiness implements HealthCheck {

    private final Tenancy tenancy;

    Readiness(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Database answers and feed has caught up")
                .status(tenancy.current())
                .build();
    }
}
