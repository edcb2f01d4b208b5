package io.aftercall.rpc;

import com.google.protobuf.FieldMask;
import io.aftercall.disposition.Disposition;
import io.aftercall.disposition.DispositionScope;
import io.aftercall.form.JsonForms;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Dispositions in messages. */
final class DispositionProto {

    /** Those that can be changed; the scope's id goes with the scope. */
    static final Set<String> ALL =
            Set.of("label", "parent_code", "scope", "active", "group", "position", "form_schema");

    private DispositionProto() {}

    static io.aftercall.api.v1.Disposition write(Disposition disposition) {
        io.aftercall.api.v1.Disposition.Builder proto = io.aftercall.api.v1.Disposition.newBuilder()
                .setCode(disposition.code())
                .setLabel(disposition.label())
                .setScope(ProtoEnums.write(disposition.scope(), io.aftercall.api.v1.DispositionScope.class))
                .setScopeId(disposition.scopeId())
                .setActive(disposition.active())
                .setGroup(disposition.group())
                .setPosition(disposition.position())
                .setEtag(disposition.etag());
        disposition.parentCode().ifPresent(proto::setParentCode);
        Optional.ofNullable(disposition.updateTime()).map(ProtoTimes::timestamp).ifPresent(proto::setUpdateTime);
        if (!disposition.formSchema().isEmpty()) {
            proto.setFormSchema(StructJson.write(disposition.formSchema()));
        }
        return proto.build();
    }

    /** The fields that are set. */
    static Set<String> set(io.aftercall.api.v1.Disposition proto) {
        Set<String> set = new LinkedHashSet<>();
        ALL.stream().filter(field -> isSet(proto, field)).forEach(set::add);
        if (!proto.getScopeId().isEmpty()) {
            set.add("scope");
        }
        return set;
    }

    private static boolean isSet(io.aftercall.api.v1.Disposition proto, String field) {
        var descriptor = io.aftercall.api.v1.Disposition.getDescriptor().findFieldByName(field);
        return descriptor.hasPresence()
                ? proto.hasField(descriptor)
                : !proto.getField(descriptor).equals(descriptor.getDefaultValue());
    }

    static Set<String> named(FieldReader fields, FieldMask mask) {
        if (!ALL.containsAll(mask.getPathsList())) {
            fields.violations()
                    .add("update_mask", "may name label, parent_code, scope, active, group, position and form_schema");
        }
        if (mask.getPathsCount() == 0) {
            fields.violations().add("update_mask", "names no field");
        }
        return Set.copyOf(mask.getPathsList());
    }

    /**
     * A disposition with some fields of a message.
     *
     * @param prefix of the names of fields in errors
     * @param named the fields to take
     * @param base where the others come from
     */
    static Disposition read(
            FieldReader fields,
            String prefix,
            io.aftercall.api.v1.Disposition proto,
            Set<String> named,
            Disposition base) {
        String label = named.contains("label") ? proto.getLabel() : base.label();
        if (label.isBlank()
                || label.codePointCount(0, label.length()) > Disposition.MAX_LABEL
                || label.chars().anyMatch(Character::isISOControl)) {
            fields.violations().add(prefix + "label", "must be 1 to 128 printable characters");
        }
        DispositionScope scope = named.contains("scope") ? scope(fields, prefix, proto) : base.scope();
        return new Disposition(
                base.code(),
                label,
                named.contains("parent_code")
                        ? Optional.ofNullable(fields.optionalId(prefix + "parent_code", proto.getParentCode()))
                        : base.parentCode(),
                scope,
                named.contains("scope") ? proto.getScopeId() : base.scopeId(),
                named.contains("active") ? !proto.hasActive() || proto.getActive() : base.active(),
                named.contains("group") ? proto.getGroup() : base.group(),
                named.contains("position") ? proto.getPosition() : base.position(),
                named.contains("form_schema") ? schema(fields, prefix, proto) : base.formSchema(),
                base.revision(),
                base.updateTime());
    }

    private static DispositionScope scope(FieldReader fields, String prefix, io.aftercall.api.v1.Disposition proto) {
        DispositionScope scope = fields.optionalChoice(prefix + "scope", proto.getScope(), DispositionScope.class);
        DispositionScope meant = scope == null ? DispositionScope.TENANT : scope;
        if (meant != DispositionScope.TENANT) {
            fields.id(prefix + "scope_id", proto.getScopeId());
        } else if (!proto.getScopeId().isEmpty()) {
            fields.violations().add(prefix + "scope_id", "is only allowed with the scope TEAM or QUEUE");
        }
        return meant;
    }

    private static String schema(FieldReader fields, String prefix, io.aftercall.api.v1.Disposition proto) {
        if (!proto.hasFormSchema()) {
            return "";
        }
        Optional<String> schema = StructJson.read(proto.getFormSchema());
        String field = prefix + "form_schema";
        if (schema.isEmpty()) {
            fields.violations().add(field, "is not JSON");
        } else {
            fields.violations().add(field, JsonForms.violation(schema.get()));
        }
        return schema.orElse("");
    }
}
