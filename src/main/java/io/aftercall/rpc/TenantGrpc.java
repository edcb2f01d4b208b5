package io.aftercall.rpc;

import io.aftercall.api.v1.CreateTenantRequest;
import io.aftercall.api.v1.CreateTenantResponse;
import io.aftercall.api.v1.DeleteTenantRequest;
import io.aftercall.api.v1.DeleteTenantResponse;
import io.aftercall.api.v1.GetTenantRequest;
import io.aftercall.api.v1.GetTenantResponse;
import io.aftercall.api.v1.ListTenantsRequest;
import io.aftercall.api.v1.ListTenantsResponse;
import io.aftercall.api.v1.RevokeCredentialsRequest;
import io.aftercall.api.v1.RevokeCredentialsResponse;
import io.aftercall.api.v1.TenantServiceGrpc;
import io.aftercall.api.v1.UpdateTenantRequest;
import io.aftercall.api.v1.UpdateTenantResponse;
import io.aftercall.engine.Actor;
import io.aftercall.engine.Quotas;
import io.aftercall.engine.Tenant;
import io.aftercall.engine.TenantAdministration;
import io.aftercall.engine.TenantId;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code TenantService}. */
@GrpcService
final class TenantGrpc extends TenantServiceGrpc.TenantServiceImplBase {

    private static final String TENANTS = "tenants ";
    private static final int MAX_SUBJECT = 255;

    private final TenantAdministration administration;

    TenantGrpc(TenantAdministration administration) {
        this.administration = administration;
    }

    @Override
    public void createTenant(CreateTenantRequest request, StreamObserver<CreateTenantResponse> observer) {
        Actor actor = CurrentCall.get().actor();
        Answers.answer(observer, () -> create(request, actor), tenant -> CreateTenantResponse.newBuilder()
                .setTenant(TenantProto.write(tenant))
                .build());
    }

    @Override
    public void getTenant(GetTenantRequest request, StreamObserver<GetTenantResponse> observer) {
        Answers.answer(observer, () -> get(request), tenant -> GetTenantResponse.newBuilder()
                .setTenant(TenantProto.write(tenant))
                .build());
    }

    @Override
    public void listTenants(ListTenantsRequest request, StreamObserver<ListTenantsResponse> observer) {
        Answers.answer(observer, () -> list(request), response -> response);
    }

    @Override
    public void updateTenant(UpdateTenantRequest request, StreamObserver<UpdateTenantResponse> observer) {
        Actor actor = CurrentCall.get().actor();
        Answers.answer(observer, () -> update(request, actor), tenant -> UpdateTenantResponse.newBuilder()
                .setTenant(TenantProto.write(tenant))
                .build());
    }

    @Override
    public void deleteTenant(DeleteTenantRequest request, StreamObserver<DeleteTenantResponse> observer) {
        Actor actor = CurrentCall.get().actor();
        Answers.answer(
                observer,
                () -> {
                    FieldReader fields = new FieldReader();
                    TenantId id = TenantProto.id(fields, "tenant_id", request.getTenantId());
                    fields.violations().throwIfAny();
                    return administration.delete(id, actor);
                },
                gone -> DeleteTenantResponse.getDefaultInstance());
    }

    @Override
    public void revokeCredentials(
            RevokeCredentialsRequest request, StreamObserver<RevokeCredentialsResponse> observer) {
        Actor actor = CurrentCall.get().actor();
        Answers.answer(observer, () -> revoke(request, actor), done -> RevokeCredentialsResponse.getDefaultInstance());
    }

    private CompletionStage<Tenant> create(CreateTenantRequest request, Actor actor) {
        FieldReader fields = new FieldReader();
        TenantId id =
                TenantProto.id(fields, "tenant.tenant_id", request.getTenant().getTenantId());
        String name = TenantProto.displayName(fields, request.getTenant());
        Quotas quotas = TenantProto.quotas(fields, request.getTenant().getLimits());
        fields.violations().throwIfAny();
        return administration.create(id, name, quotas, actor);
    }

    private CompletionStage<Tenant> get(GetTenantRequest request) {
        FieldReader fields = new FieldReader();
        TenantId id = TenantProto.id(fields, "tenant_id", request.getTenantId());
        fields.violations().throwIfAny();
        return administration.get(id);
    }

    private CompletionStage<ListTenantsResponse> list(ListTenantsRequest request) {
        FieldReader fields = new FieldReader();
        int size = Pages.size(fields, request.getPageSize());
        fields.violations().throwIfAny();
        Optional<TenantId> after = Pages.position(request.getPageToken(), TENANTS, TenantId::new);
        return administration.all().thenApply(all -> {
            List<Tenant> found = all.stream()
                    .filter(tenant -> after.isEmpty()
                            || tenant.id().value().compareTo(after.get().value()) > 0)
                    .sorted(Comparator.comparing(tenant -> tenant.id().value()))
                    .limit(size + 1)
                    .toList();
            ListTenantsResponse.Builder response = ListTenantsResponse.newBuilder();
            found.stream().limit(size).forEach(tenant -> response.addTenants(TenantProto.write(tenant)));
            if (found.size() > size) {
                response.setNextPageToken(Pages.token(found.get(size - 1).id().value(), TENANTS));
            }
            return response.build();
        });
    }

    private CompletionStage<Tenant> update(UpdateTenantRequest request, Actor actor) {
        FieldReader fields = new FieldReader();
        TenantId id =
                TenantProto.id(fields, "tenant.tenant_id", request.getTenant().getTenantId());
        var change = TenantProto.change(fields, request);
        fields.violations().throwIfAny();
        return administration.update(id, change, actor);
    }

    private CompletionStage<Void> revoke(RevokeCredentialsRequest request, Actor actor) {
        FieldReader fields = new FieldReader();
        TenantId id = request.getTenantId().isEmpty()
                ? TenantId.INSTALLATION
                : TenantProto.id(fields, "tenant_id", request.getTenantId());
        String subject = request.getSubject();
        if (subject.length() > MAX_SUBJECT || !subject.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            fields.violations().add("subject", "must be up to 255 visible ASCII characters");
        }
        fields.violations().throwIfAny();
        return administration.revoke(id, subject, actor);
    }
}
