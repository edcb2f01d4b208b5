package io.aftercall.engine;

import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Where policies are kept. */
public interface PolicyStore {

    /** All policies at one revision. */
    CompletionStage<PolicyCascade> cascade(TenantId tenant);

    CompletionStage<Optional<AcwPolicy>> get(TenantId tenant, PolicyKey key);

    /** The policies after a key, in order. */
    CompletionStage<List<AcwPolicy>> list(TenantId tenant, Optional<PolicyKey> after, int limit);

    /**
     * Changes a policy in one transaction that has the next revision of the tenant. What {@code change} throws rolls
     * back and comes out as it is.
     *
     * @param change from the policy as it is, empty if there is none, to the rules that it shall have, empty if there
     *     shall be none
     * @return the policy afterwards, with the tenant's revision
     */
    CompletionStage<AcwPolicy> change(
            TenantId tenant, PolicyKey key, String actor, Function<Optional<AcwPolicy>, Optional<PolicyRules>> change);
}
