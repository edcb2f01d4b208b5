package io.aftercall.boot;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Ready while the database, which has been {@linkplain DatabaseCheck checked}, answers and the agents in memory are what it
 * has. Liveness needs none of it.
 */
@org.eclipse.microprofile.health.Readiness
@Singleton
class Readiness implements HealthCheck {

    private final Tenancy tenancy;
    private final DatabaseCheck database;

    Readiness(Tenancy tenancy, DatabaseCheck database) {
        this.tenancy = tenancy;
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Database answers and feed has caught up")
                .status(database.passed() && tenancy.current())
                .build();
    }
}
