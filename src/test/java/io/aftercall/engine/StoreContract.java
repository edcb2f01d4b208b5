package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.wrapup.StoredWrapUp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the contracts of agent stores ask of those who fulfil them. */
public abstract class StoreContract {

    protected abstract AgentStore store();

    /** A tenant that nobody else has. */
    protected abstract TenantId freshTenant();

    /** Every revision of a wrap-up that is kept. */
    protected abstract Map<Integer, StoredWrapUp> wrapUps(TenantId tenant, AcwKey acw);

    /** At least a microsecond passes on the store's clock. */
    protected abstract void letTimePass();

    /** The result of what does not fail and does not hang. */
    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException("No answer", e);
        }
    }

    public static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    /** Of which nothing is known beforehand. */
    protected static Needs needs(AgentId... agents) {
        return new Needs(Set.of(agents), KnownAgents.NONE, Set.of(), Set.of());
    }

    protected static Writes changes(StateChange... changes) {
        return new Writes(List.of(changes), List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
