package io.aftercall.security;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Whether those who are known may come in: what operators say of tenants and of those in them. */
public interface Admission {

    /** What operators have said of the tenant of a caller. */
    enum Standing {
        /** There is no such tenant, as far as is known here. */
        UNKNOWN,
        /** Nobody is let in for now. */
        SUSPENDED,
        ACTIVE
    }

    Standing standing(Caller caller);

    /** Whether what this caller was given at that time has been taken back since. */
    boolean revoked(Caller caller, Instant issued);

    /** Finds out again, unless that was done just now. */
    CompletionStage<Void> readAgain();
}
