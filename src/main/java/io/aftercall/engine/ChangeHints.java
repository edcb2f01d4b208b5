package io.aftercall.engine;

import java.util.concurrent.CompletionStage;

/** Tells replicas that a tenant has changed. Hints may be lost: only how soon a replica knows depends on them. */
public interface ChangeHints {

    /** Hints to all replicas, this one too, that a tenant has reached a revision. */
    CompletionStage<Void> tell(TenantId tenant, long revision);

    /** From now on, and again whenever the connection was lost. */
    void listen(Listener listener);

    /** Who acts on hints. */
    interface Listener {

        void changed(TenantId tenant, long revision);

        /** Listening has just begun, for the first time or again: what came before was not heard. */
        void perhapsMissed();
    }
}
