package io.aftercall.rpc;

import io.aftercall.api.v1.DeleteDispositionRequest;
import io.aftercall.api.v1.DeleteDispositionResponse;
import io.aftercall.api.v1.DispositionServiceGrpc;
import io.aftercall.api.v1.GetDispositionRequest;
import io.aftercall.api.v1.GetDispositionResponse;
import io.aftercall.api.v1.ImportDispositionsRequest;
import io.aftercall.api.v1.ImportDispositionsResponse;
import io.aftercall.api.v1.ListDispositionsRequest;
import io.aftercall.api.v1.ListDispositionsResponse;
import io.aftercall.api.v1.UpdateDispositionRequest;
import io.aftercall.api.v1.UpdateDispositionResponse;
import io.aftercall.disposition.Disposition;
import io.aftercall.disposition.DispositionCatalogue;
import io.aftercall.disposition.Dispositions;
import io.aftercall.engine.DispositionEditor;
import io.aftercall.feed.ServedTenant;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code DispositionService}. */
@GrpcService
final class DispositionGrpc extends DispositionServiceGrpc.DispositionServiceImplBase {

    private final ServedTenant.Directory tenants;

    DispositionGrpc(ServedTenant.Directory tenants) {
        this.tenants = tenants;
    }

    @Override
    public void listDispositions(ListDispositionsRequest request, StreamObserver<ListDispositionsResponse> observer) {
        Answers.answer(observer, () -> list(served(), request), response -> response);
    }

    @Override
    public void getDisposition(GetDispositionRequest request, StreamObserver<GetDispositionResponse> observer) {
        Answers.answer(observer, () -> get(served(), request), response -> response);
    }

    @Override
    public void updateDisposition(
            UpdateDispositionRequest request, StreamObserver<UpdateDispositionResponse> observer) {
        Answers.answer(
                observer,
                () -> carryOut(DispositionRequests.update(request), request.getValidateOnly()),
                result -> UpdateDispositionResponse.newBuilder()
                        .setDisposition(DispositionProto.write(result.dispositions()
                                .find(request.getDisposition().getCode())
                                .orElseThrow()))
                        .setRevision(result.revision())
                        .build());
    }

    @Override
    public void deleteDisposition(
            DeleteDispositionRequest request, StreamObserver<DeleteDispositionResponse> observer) {
        Answers.answer(
                observer,
                () -> carryOut(DispositionRequests.delete(request), false),
                result -> DeleteDispositionResponse.newBuilder()
                        .setRevision(result.revision())
                        .build());
    }

    @Override
    public void importDispositions(
            ImportDispositionsRequest request, StreamObserver<ImportDispositionsResponse> observer) {
        Answers.answer(
                observer,
                () -> carryOut(DispositionRequests.all(request), request.getValidateOnly()),
                DispositionGrpc::imported);
    }

    private ServedTenant served() {
        return tenants.of(CurrentCall.get().caller().tenant());
    }

    private CompletionStage<DispositionEditor.Result> carryOut(
            DispositionEditor.Decision decision, boolean validateOnly) {
        DispositionEditor editor = served().dispositions();
        return validateOnly
                ? editor.preview(decision)
                : editor.change(decision, CurrentCall.get().actor());
    }

    private static CompletionStage<ListDispositionsResponse> list(
            ServedTenant tenant, ListDispositionsRequest request) {
        FieldReader fields = new FieldReader();
        Optional<Dispositions.Place> place = request.hasChoosableIn()
                ? Optional.of(new Dispositions.Place(
                        Optional.ofNullable(fields.optionalId(
                                "choosable_in.team_id", request.getChoosableIn().getTeamId())),
                        Optional.ofNullable(fields.optionalId(
                                "choosable_in.queue_id",
                                request.getChoosableIn().getQueueId())),
                        true))
                : Optional.empty();
        fields.violations().throwIfAny();
        return tenant.policies().refresh().thenApply(policies -> {
            DispositionCatalogue catalogue = tenant.policies().edition().dispositions();
            List<Disposition> shown = place.map(catalogue::choosableIn).orElseGet(catalogue::inOrder);
            return ListDispositionsResponse.newBuilder()
                    .addAllDispositions(
                            shown.stream().map(DispositionProto::write).toList())
                    .setRevision(policies.revision())
                    .build();
        });
    }

    private static CompletionStage<GetDispositionResponse> get(ServedTenant tenant, GetDispositionRequest request) {
        FieldReader fields = new FieldReader();
        String code = fields.id("code", request.getCode());
        fields.violations().throwIfAny();
        return tenant.policies().refresh().thenApply(policies -> GetDispositionResponse.newBuilder()
                .setDisposition(DispositionProto.write(tenant.policies()
                        .edition()
                        .dispositions()
                        .find(code)
                        .orElseThrow(() -> DispositionErrors.notFound(code))))
                .build());
    }

    private static ImportDispositionsResponse imported(DispositionEditor.Result result) {
        long updated = result.change().put().stream()
                .filter(put -> result.before().find(put.code()).isPresent())
                .count();
        return ImportDispositionsResponse.newBuilder()
                .setCreatedCount((int) (result.change().put().size() - updated))
                .setUpdatedCount((int) updated)
                .setDeletedCount(result.change().removed().size())
                .setRevision(result.revision())
                .build();
    }
}
