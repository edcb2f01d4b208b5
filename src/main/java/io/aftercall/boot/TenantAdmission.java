package io.aftercall.boot;

import io.aftercall.engine.Tenant;
import io.aftercall.engine.TenantId;
import io.aftercall.security.Admission;
import io.aftercall.security.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** What operators say of tenants, for whoever lets callers in. */
@Singleton
final class TenantAdmission implements Admission {

    private final Tenancy tenancy;

    TenantAdmission(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    @Override
    public Standing standing(Caller caller) {
        if (caller.tenant().equals(TenantId.INSTALLATION)) {
            return Standing.ACTIVE;
        }
        return tenancy.book()
                .find(caller.tenant())
                .map(tenant -> tenant.status() == Tenant.Status.ACTIVE ? Standing.ACTIVE : Standing.SUSPENDED)
                .orElse(Standing.UNKNOWN);
    }

    @Override
    public boolean revoked(Caller caller, Instant issued) {
        return tenancy.book()
                .find(caller.tenant())
                .filter(tenant -> tenant.revoked(caller.subject(), issued))
                .isPresent();
    }

    @Override
    public CompletionStage<Void> readAgain() {
        return tenancy.book().refreshUnlessJustNow();
    }
}
