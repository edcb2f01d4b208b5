package io.aftercall.rpc;

import com.google.rpc.Code;
import io.aftercall.agent.AgentId;
import io.aftercall.api.v1.ErrorReason;
import io.aftercall.api.v1.GetWrapUpRequest;
import io.aftercall.api.v1.GetWrapUpResponse;
import io.aftercall.api.v1.ListCustomerWrapUpsRequest;
import io.aftercall.api.v1.ListWrapUpsToCompleteRequest;
import io.aftercall.api.v1.SearchWrapUpsRequest;
import io.aftercall.api.v1.WrapUpRecord;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpArchive;
import io.aftercall.engine.WrapUpArchive.Place;
import io.aftercall.engine.WrapUpSearch;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUp;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads what agents of a tenant have written. */
final class WrapUpReader {

    private static final int MOST_REVISIONS = 100;
    private static final int MAX_QUERY_LENGTH = 256;

    private final TenantId tenant;
    private final WrapUpArchive archive;

    WrapUpReader(TenantId tenant, WrapUpArchive archive) {
        this.tenant = tenant;
        this.archive = archive;
    }

    CompletionStage<GetWrapUpResponse> get(GetWrapUpRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        InteractionId interactionId = fields.interactionId("interaction_id", request.getInteractionId());
        fields.violations().throwIfAny();
        AcwKey key = new AcwKey(agentId, interactionId);
        String of = Fingerprint.of(request.toBuilder().clearPageToken().build());
        int before =
                Pages.position(request.getPageToken(), of, Integer::valueOf).orElse(Integer.MAX_VALUE);
        return archive.find(tenant, key).thenCompose(found -> {
            GetWrapUpResponse.Builder response = GetWrapUpResponse.newBuilder()
                    .setRecord(WrapUpRecordProto.write(found.orElseThrow(() -> notFound(key))));
            return request.getWithRevisions()
                    ? archive.replaced(tenant, key, before, MOST_REVISIONS + 1)
                            .thenApply(revisions -> with(revisions, response, of))
                    : CompletableFuture.completedFuture(response.build());
        });
    }

    /** As many of them as a client has room for. */
    private static GetWrapUpResponse with(List<StoredWrapUp> revisions, GetWrapUpResponse.Builder response, String of) {
        long bytes = 0;
        for (StoredWrapUp revision : revisions) {
            int shown = response.getRevisionsCount();
            if (shown == MOST_REVISIONS || bytes >= Pages.ENOUGH_BYTES) {
                int last = response.getRevisions(shown - 1).getVersion().getWrapUpRevision();
                return response.setNextPageToken(Pages.token(Integer.toString(last), of))
                        .build();
            }
            response.addRevisions(WrapUpRecordProto.revision(revision));
            bytes += response.getRevisions(shown).getSerializedSize();
        }
        return response.build();
    }

    CompletionStage<Pages.Page<WrapUpRecord>> toComplete(ListWrapUpsToCompleteRequest request) {
        FieldReader fields = new FieldReader();
        WrapUpSearch search = new WrapUpSearch(
                null,
                Set.of(),
                fields.ids("agent_ids", request.getAgentIdsList()),
                fields.ids("team_ids", request.getTeamIdsList()),
                Set.of(),
                Set.of(),
                null,
                null,
                null);
        int size = Pages.size(fields, request.getPageSize());
        fields.violations().throwIfAny();
        String of = Fingerprint.of(
                request.toBuilder().clearPageSize().clearPageToken().build());
        Optional<Place> after = Pages.position(request.getPageToken(), of, WrapUpReader::place);
        return archive.toComplete(tenant, search, after, size + 1)
                .thenApply(found -> page(found, size, of, io.aftercall.engine.WrapUpRecord::deadline));
    }

    CompletionStage<Pages.Page<WrapUpRecord>> ofCustomer(ListCustomerWrapUpsRequest request) {
        FieldReader fields = new FieldReader();
        WrapUpSearch search = new WrapUpSearch(
                query(fields, request.getQuery()),
                tags(fields, request.getTagsList()),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                fields.id("customer_id", request.getCustomerId()),
                null,
                null);
        int size = Pages.size(fields, request.getPageSize());
        fields.violations().throwIfAny();
        String of = Fingerprint.of(
                request.toBuilder().clearPageSize().clearPageToken().build());
        return search(search, request.getPageToken(), of, size);
    }

    CompletionStage<Pages.Page<WrapUpRecord>> search(SearchWrapUpsRequest request) {
        FieldReader fields = new FieldReader();
        WrapUpSearch search = new WrapUpSearch(
                query(fields, request.getQuery()),
                tags(fields, request.getTagsList()),
                fields.ids("agent_ids", request.getAgentIdsList()),
                fields.ids("team_ids", request.getTeamIdsList()),
                fields.ids("queue_ids", request.getQueueIdsList()),
                fields.ids("disposition_codes", request.getDispositionCodesList()),
                fields.optionalId("customer_id", request.getCustomerId()),
                fields.time("start_time", request.hasStartTime(), request.getStartTime()),
                fields.time("end_time", request.hasEndTime(), request.getEndTime()));
        if (search.start() != null && search.end() != null && !search.start().isBefore(search.end())) {
            fields.violations().add("end_time", "must be after start_time");
        }
        int size = Pages.size(fields, request.getPageSize());
        fields.violations().throwIfAny();
        String of = Fingerprint.of(
                request.toBuilder().clearPageSize().clearPageToken().build());
        return search(search, request.getPageToken(), of, size);
    }

    private CompletionStage<Pages.Page<WrapUpRecord>> search(WrapUpSearch search, String token, String of, int size) {
        Optional<Place> before = Pages.position(token, of, WrapUpReader::place);
        return archive.search(tenant, search, before, size + 1)
                .thenApply(found -> page(found, size, of, io.aftercall.engine.WrapUpRecord::place));
    }

    private static Pages.Page<WrapUpRecord> page(
            List<io.aftercall.engine.WrapUpRecord> found,
            int size,
            String of,
            Function<io.aftercall.engine.WrapUpRecord, Place> place) {
        return Pages.page(found, size, of, place.andThen(WrapUpReader::words), WrapUpRecordProto::write);
    }

    private static String words(Place place) {
        return place.time() + " " + place.agentId() + " " + place.interactionId();
    }

    private static Place place(String words) {
        String[] parts = words.split(" ", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a place");
        }
        return new Place(Pages.time(parts[0]), parts[1], parts[2]);
    }

    private static Set<String> tags(FieldReader fields, List<String> tags) {
        if (tags.size() > WrapUp.MAX_TAGS || tags.stream().anyMatch(WrapUpProto::badTag)) {
            fields.violations().add("tags", "may have 50 entries at most, each 1 to 64 printable characters");
        }
        return new HashSet<>(tags);
    }

    private static String query(FieldReader fields, String query) {
        if (query.codePointCount(0, query.length()) > MAX_QUERY_LENGTH
                || query.chars().anyMatch(Character::isISOControl)) {
            fields.violations().add("query", "may have 256 printable characters at most");
        }
        return query.isBlank() ? null : query;
    }

    private static io.grpc.StatusRuntimeException notFound(AcwKey key) {
        return ErrorStatus.of(
                Code.NOT_FOUND,
                "Nothing has been written about this interaction",
                ErrorReason.ERROR_REASON_WRAP_UP_NOT_FOUND,
                Map.of(
                        "agent_id", key.agentId().value(),
                        "interaction_id", key.interactionId().value()));
    }
}
