package io.aftercall.bench.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import io.aftercall.api.v1.DeletePolicyRequest;
import io.aftercall.api.v1.GetPolicyRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.PolicyServiceGrpc;
import io.aftercall.api.v1.PolicyServiceGrpc.PolicyServiceBlockingStub;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** The tenant's policy with some rules changed, until it is closed: then they are what they were before. */
public final class BorrowedPolicy implements AutoCloseable {
    private final PolicyServiceBlockingStub policies;
    private final Optional<Policy> before;
    private final FieldMask borrowed;

    /**
     * Changes the tenant's policy.
     *
     * @param rules the rules to change; the others stay
     */
    public BorrowedPolicy(Channel channel, Policy rules) {
        policies = PolicyServiceGrpc.newBlockingStub(channel);
        before = current();
        borrowed = FieldMask.newBuilder()
                .addAllPaths(rules.getAllFields().keySet().stream()
                        .map(FieldDescriptor::getName)
                        .toList())
                .build();
        update(rules);
    }

    @Override
    public void close() {
        if (before.isPresent()) {
            // A rule in the mask that the earlier policy does not have becomes inherited again.
            update(before.get());
        } else {
            policies.deletePolicy(DeletePolicyRequest.newBuilder()
                    .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                    .build());
        }
    }

    private Optional<Policy> current() {
        try {
            return Optional.of(policies.getPolicy(GetPolicyRequest.newBuilder()
                            .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                            .build())
                    .getPolicy());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void update(Policy rules) {
        policies.updatePolicy(UpdatePolicyRequest.newBuilder()
                .setPolicy(rules.toBuilder()
                        .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                        .clearEtag())
                .setUpdateMask(borrowed)
                .build());
    }
}
