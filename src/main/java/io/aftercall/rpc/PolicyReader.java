package io.aftercall.rpc;

import io.aftercall.api.v1.GetPolicyRequest;
import io.aftercall.api.v1.GetPolicyResponse;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.api.v1.ListPoliciesResponse;
import io.aftercall.api.v1.ListPolicyRevisionsRequest;
import io.aftercall.api.v1.ListPolicyRevisionsResponse;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.engine.PolicyNotFound;
import io.aftercall.engine.PolicyStore;
import io.aftercall.feed.ServedTenant;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRevision;
import io.aftercall.policy.PolicyTimeline;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Reads policies from memory, after it has been brought up to the database, and their history. */
final class PolicyReader {

    private final CurrentCall call;
    private final ServedTenant tenant;
    private final PolicyStore store;

    PolicyReader(CurrentCall call, ServedTenant tenant, PolicyStore store) {
        this.call = call;
        this.tenant = tenant;
        this.store = store;
    }

    CompletionStage<GetPolicyResponse> get(GetPolicyRequest request) {
        PolicyKey key = PolicyRequests.key(request.getScope(), request.getScopeId(), request.getConditions());
        return tenant.policies().refresh().thenApply(policies -> GetPolicyResponse.newBuilder()
                .setPolicy(PolicyProto.write(policies.policy(key).orElseThrow(() -> new PolicyNotFound(key))))
                .build());
    }

    CompletionStage<ListPoliciesResponse> list(ListPoliciesRequest request) {
        FieldReader fields = new FieldReader();
        int size = Pages.size(fields, request.getPageSize());
        Predicate<AcwPolicy> filter = FilterProto.read(fields, request);
        fields.violations().throwIfAny();
        String of = Pages.POLICIES
                + call.caller().tenant() + " "
                + Fingerprint.of(
                        request.toBuilder().clearPageSize().clearPageToken().build());
        Optional<PolicyKey> after = Pages.position(request.getPageToken(), of, PolicyProto::readPlace);
        return tenant.policies().refresh().thenApply(policies -> {
            List<AcwPolicy> found = policies.ordered().stream()
                    .filter(policy -> after.isEmpty() || policy.key().compareTo(after.get()) > 0)
                    .filter(filter)
                    .filter(policy -> seen(policy.key()))
                    .limit(size + 1)
                    .toList();
            ListPoliciesResponse.Builder response = ListPoliciesResponse.newBuilder();
            found.stream().limit(size).forEach(policy -> response.addPolicies(PolicyProto.write(policy)));
            if (found.size() > size) {
                PolicyKey last = found.get(size - 1).key();
                response.setNextPageToken(Pages.token(PolicyProto.writePlace(last), of));
            }
            return response.build();
        });
    }

    CompletionStage<ListPolicyRevisionsResponse> history(ListPolicyRevisionsRequest request) {
        FieldReader fields = new FieldReader();
        int size = Pages.size(fields, request.getPageSize());
        Optional<PolicyKey> key = historyOf(fields, request);
        fields.violations().throwIfAny();
        String of = Pages.POLICY_REVISIONS + call.caller().tenant() + " "
                + key.map(PolicyProto::writePlace).orElse("");
        long before =
                Pages.position(request.getPageToken(), of, Long::parseLong).orElse(Long.MAX_VALUE);
        CompletionStage<List<PolicyRevision>> latest = key.isPresent()
                ? store.historyOf(call.caller().tenant(), key.get())
                        .thenApply(all -> latest(key.get(), all, before, size + 1))
                : store.history(call.caller().tenant(), before, size + 1);
        return latest.thenApply(found -> {
            ListPolicyRevisionsResponse.Builder response = ListPolicyRevisionsResponse.newBuilder();
            found.stream()
                    .limit(size)
                    .filter(made -> seen(made.change().key()))
                    .forEach(made -> response.addRevisions(PolicyResults.write(made)));
            if (found.size() > size) {
                PolicyRevision last = found.get(size - 1);
                response.setNextPageToken(Pages.token(Long.toString(last.revision()), of));
            }
            return response.build();
        });
    }

    /** A supervisor of some teams sees the policies of these, and those that hold for everybody. */
    private boolean seen(PolicyKey key) {
        return call.grant()
                .reaches(
                        CallDemand.toRead(ProtoEnums.write(key.scope(), PolicyScope.class), key.scopeId()),
                        new KnownScopes(tenant.feed()));
    }

    private static List<PolicyRevision> latest(PolicyKey key, List<PolicyRevision> all, long before, int limit) {
        return PolicyTimeline.ofPolicy(key, all).stream()
                .filter(made -> made.revision() < before)
                .sorted(Comparator.comparing(PolicyRevision::revision).reversed())
                .limit(limit)
                .toList();
    }

    private static Optional<PolicyKey> historyOf(FieldReader fields, ListPolicyRevisionsRequest request) {
        boolean all = request.getScope() == PolicyScope.POLICY_SCOPE_UNSPECIFIED
                && request.getScopeId().isEmpty()
                && !request.hasConditions();
        return all
                ? Optional.empty()
                : Optional.ofNullable(PolicyProto.readKey(
                        fields, "", request.getScope(), request.getScopeId(), request.getConditions()));
    }
}
