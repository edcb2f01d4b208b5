package io.aftercall.rpc;

import io.aftercall.api.v1.TenantLimits;
import io.aftercall.api.v1.TenantStatus;
import io.aftercall.api.v1.UpdateTenantRequest;
import io.aftercall.engine.Quotas;
import io.aftercall.engine.Tenant;
import io.aftercall.engine.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** Tenants in messages. */
final class TenantProto {

    private static final int MAX_NAME = 256;
    private static final int MAX_COUNT = 1_000_000;
    private static final int MAX_STREAMS = 100_000;

    private TenantProto() {}

    static io.aftercall.api.v1.Tenant write(Tenant tenant) {
        io.aftercall.api.v1.Tenant.Builder proto = io.aftercall.api.v1.Tenant.newBuilder()
                .setTenantId(tenant.id().value())
                .setDisplayName(tenant.displayName())
                .setStatus(ProtoEnums.write(tenant.status(), TenantStatus.class))
                .setLimits(write(tenant.quotas()))
                .setCreateTime(ProtoTimes.timestamp(tenant.createTime()));
        tenant.retention().map(ProtoTimes::duration).ifPresent(proto::setRetentionDuration);
        return proto.build();
    }

    private static TenantLimits write(Quotas quotas) {
        TenantLimits.Builder limits = TenantLimits.newBuilder();
        quotas.agents().ifPresent(limits::setMaxAgents);
        quotas.policies().ifPresent(limits::setMaxPolicies);
        quotas.callsPerSecond().ifPresent(limits::setMaxCallsPerSecond);
        quotas.streams().ifPresent(limits::setMaxStreams);
        return limits.build();
    }

    static TenantId id(FieldReader fields, String field, String value) {
        String id = fields.id(field, value);
        if (id != null && TenantId.ofCustomer(id).isEmpty()) {
            fields.violations().add(field, "is the installation's own");
            return null;
        }
        return id == null ? null : new TenantId(id);
    }

    static String displayName(FieldReader fields, io.aftercall.api.v1.Tenant tenant) {
        String name = tenant.getDisplayName();
        if (name.codePointCount(0, name.length()) > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            fields.violations()
                    .add("tenant.display_name", "must be up to 256 characters, none of them control characters");
        }
        return name;
    }

    static Quotas quotas(FieldReader fields, TenantLimits limits) {
        return new Quotas(
                quota(fields, "max_agents", limits.hasMaxAgents(), limits.getMaxAgents(), MAX_COUNT),
                quota(fields, "max_policies", limits.hasMaxPolicies(), limits.getMaxPolicies(), MAX_COUNT),
                quota(
                        fields,
                        "max_calls_per_second",
                        limits.hasMaxCallsPerSecond(),
                        limits.getMaxCallsPerSecond(),
                        MAX_COUNT),
                quota(fields, "max_streams", limits.hasMaxStreams(), limits.getMaxStreams(), MAX_STREAMS));
    }

    private static OptionalInt quota(FieldReader fields, String field, boolean set, int value, int most) {
        if (set && (value < 1 || value > most)) {
            fields.violations().add("tenant.limits." + field, "must be 1 to " + most);
        }
        return set ? OptionalInt.of(value) : OptionalInt.empty();
    }

    private static Optional<Duration> retention(FieldReader fields, io.aftercall.api.v1.Tenant to) {
        Duration kept =
                fields.duration("tenant.retention_duration", to.hasRetentionDuration(), to.getRetentionDuration());
        if (kept != null
                && (!kept.equals(Duration.ofDays(kept.toDays())) || kept.toDays() < 1 || kept.toDays() > 36_500)) {
            fields.violations().add("tenant.retention_duration", "must be 1 to 36,500 whole days");
        }
        return Optional.ofNullable(kept);
    }

    /** What the paths of the mask say. */
    static UnaryOperator<Tenant> change(FieldReader fields, UpdateTenantRequest request) {
        UnaryOperator<Tenant> change = tenant -> tenant;
        if (request.getUpdateMask().getPathsCount() == 0) {
            fields.violations().add("update_mask", "is required");
        }
        for (String path : request.getUpdateMask().getPathsList()) {
            UnaryOperator<Tenant> before = change;
            UnaryOperator<Tenant> next = change(fields, path, request.getTenant());
            change = tenant -> next.apply(before.apply(tenant));
        }
        return change;
    }

    private static UnaryOperator<Tenant> change(FieldReader fields, String path, io.aftercall.api.v1.Tenant to) {
        switch (path) {
            case "display_name" -> {
                String name = displayName(fields, to);
                return tenant -> tenant.withDisplayName(name);
            }
            case "status" -> {
                Tenant.Status status = fields.choice("tenant.status", to.getStatus(), Tenant.Status.class);
                if (status == Tenant.Status.DELETING) {
                    fields.violations().add("tenant.status", "must be ACTIVE or SUSPENDED");
                }
                return tenant -> tenant.withStatus(status);
            }
            case "limits" -> {
                Quotas quotas = quotas(fields, to.getLimits());
                return tenant -> tenant.withQuotas(quotas);
            }
            case "retention_duration" -> {
                Optional<Duration> retention = retention(fields, to);
                return tenant -> tenant.withRetention(retention);
            }
            default -> {
                fields.violations().add("update_mask", "may name display_name, status, limits and retention_duration");
                return tenant -> tenant;
            }
        }
    }
}
