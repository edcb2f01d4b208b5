package io.aftercall.rpc;

import com.google.rpc.Code;
import io.aftercall.agent.AgentId;
import io.aftercall.api.v1.DeleteEmailTemplateRequest;
import io.aftercall.api.v1.DeleteEmailTemplateResponse;
import io.aftercall.api.v1.EmailTemplateServiceGrpc;
import io.aftercall.api.v1.ErrorReason;
import io.aftercall.api.v1.ListEmailTemplatesRequest;
import io.aftercall.api.v1.ListEmailTemplatesResponse;
import io.aftercall.api.v1.PreviewEmailRequest;
import io.aftercall.api.v1.PreviewEmailResponse;
import io.aftercall.api.v1.UpdateEmailTemplateRequest;
import io.aftercall.api.v1.UpdateEmailTemplateResponse;
import io.aftercall.delivery.EmailTemplate;
import io.aftercall.email.BuiltInTemplates;
import io.aftercall.email.EmailTerms;
import io.aftercall.email.SummaryEmail;
import io.aftercall.email.SummaryFacts;
import io.aftercall.email.SummaryTemplates;
import io.aftercall.engine.Actor;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.EmailTemplateStore;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpArchive;
import io.aftercall.engine.WrapUpRecord;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.EmailSummary;
import io.aftercall.wrapup.WrapUp;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code EmailTemplateService}. */
@GrpcService
final class EmailTemplateGrpc extends EmailTemplateServiceGrpc.EmailTemplateServiceImplBase {

    private final EmailTemplateStore templates;
    private final WrapUpArchive wrapUps;
    private final EmailTerms terms;
    private final InstantSource clock;

    EmailTemplateGrpc(EmailTemplateStore templates, WrapUpArchive wrapUps, EmailTerms terms, InstantSource clock) {
        this.templates = templates;
        this.wrapUps = wrapUps;
        this.terms = terms;
        this.clock = clock;
    }

    /** A template with what comes of it. */
    private record Tried(EmailTemplate template, SummaryEmail example) {}

    @Override
    public void listEmailTemplates(
            ListEmailTemplatesRequest request, StreamObserver<ListEmailTemplatesResponse> observer) {
        Answers.answer(observer, () -> templates.all(tenant()), own -> ListEmailTemplatesResponse.newBuilder()
                .addAllTemplates(EmailSummary.LANGUAGES.stream()
                        .sorted()
                        .map(language -> EmailTemplateProto.write(BuiltInTemplates.or(own, language)))
                        .toList())
                .build());
    }

    @Override
    public void updateEmailTemplate(
            UpdateEmailTemplateRequest request, StreamObserver<UpdateEmailTemplateResponse> observer) {
        Answers.answer(observer, () -> update(request), tried -> UpdateEmailTemplateResponse.newBuilder()
                .setTemplate(EmailTemplateProto.write(tried.template()))
                .setExample(EmailTemplateProto.write(tried.example()))
                .build());
    }

    private CompletionStage<Tried> update(UpdateEmailTemplateRequest request) {
        FieldReader fields = new FieldReader();
        EmailTemplate wanted = EmailTemplateProto.read(fields, request.getTemplate());
        fields.violations().throwIfAny();
        SummaryEmail example = example(fields, wanted);
        if (request.getValidateOnly()) {
            return CompletableFuture.completedFuture(new Tried(wanted, example));
        }
        return templates
                .put(tenant(), wanted, request.getTemplate().getEtag(), actor())
                .thenApply(put -> new Tried(put.orElseThrow(() -> stale(wanted.language())), example));
    }

    private static SummaryEmail example(FieldReader fields, EmailTemplate wanted) {
        try {
            return SummaryTemplates.tried(wanted);
        } catch (SummaryTemplates.Unusable unusable) {
            fields.violations().add("template." + unusable.part(), unusable.getMessage());
            fields.violations().throwIfAny();
            throw unusable;
        }
    }

    @Override
    public void deleteEmailTemplate(
            DeleteEmailTemplateRequest request, StreamObserver<DeleteEmailTemplateResponse> observer) {
        Answers.answer(
                observer,
                () -> {
                    FieldReader fields = new FieldReader();
                    EmailTemplateProto.language(fields, "language", request.getLanguage());
                    fields.violations().throwIfAny();
                    return templates.delete(tenant(), request.getLanguage(), actor());
                },
                there -> {
                    if (!there) {
                        throw notFound(request.getLanguage());
                    }
                    return DeleteEmailTemplateResponse.getDefaultInstance();
                });
    }

    @Override
    public void previewEmail(PreviewEmailRequest request, StreamObserver<PreviewEmailResponse> observer) {
        Answers.answer(observer, () -> preview(tenant(), request), email -> PreviewEmailResponse.newBuilder()
                .setEmail(EmailTemplateProto.write(email))
                .build());
    }

    private CompletionStage<SummaryEmail> preview(TenantId tenant, PreviewEmailRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        InteractionId interactionId = fields.interactionId("interaction_id", request.getInteractionId());
        WrapUp wrapUp = WrapUpProto.read(fields, request.getWrapUp());
        if (!request.getWrapUp().hasEmailSummary()) {
            fields.violations().add("wrap_up.email_summary", "is required");
        }
        fields.violations().throwIfAny();
        return wrapUps.find(tenant, new AcwKey(agentId, interactionId)).thenCompose(saved -> {
            SummaryFacts facts = new SummaryFacts(
                    wrapUp,
                    agentId.value(),
                    interactionId.value(),
                    saved.map(WrapUpRecord::customerId).orElse(null),
                    terms.day(saved.map(WrapUpRecord::interactionTime).orElseGet(clock::instant)));
            return templates
                    .all(tenant)
                    .thenApply(own -> written(
                            BuiltInTemplates.or(own, wrapUp.emailSummary().language()), facts));
        });
    }

    private static SummaryEmail written(EmailTemplate template, SummaryFacts facts) {
        try {
            return SummaryTemplates.write(template, facts);
        } catch (SummaryTemplates.Unusable unusable) {
            throw ErrorStatus.of(
                    Code.FAILED_PRECONDITION,
                    "The template cannot be used for this wrap-up",
                    ErrorReason.ERROR_REASON_EMAIL_TEMPLATE_UNUSABLE,
                    Map.of("language", template.language(), "part", unusable.part()));
        }
    }

    private static StatusRuntimeException stale(String language) {
        return ErrorStatus.of(
                Code.ABORTED,
                "The template has changed, read it again",
                ErrorReason.ERROR_REASON_STALE_ETAG,
                Map.of("language", language));
    }

    private static StatusRuntimeException notFound(String language) {
        return ErrorStatus.of(
                Code.NOT_FOUND,
                "The tenant has no template of its own in this language",
                ErrorReason.ERROR_REASON_EMAIL_TEMPLATE_NOT_FOUND,
                Map.of("language", language));
    }

    private static TenantId tenant() {
        return CurrentCall.get().caller().tenant();
    }

    private static Actor actor() {
        return CurrentCall.get().actor();
    }
}
